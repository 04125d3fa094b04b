package dev.orderflow.eventing.schema;

/** The entities that the current transaction of the starter's database has loaded, and their changes in memory. */
public interface PersistenceContext {

    /** Implementation for applications that keep no entities. */
    PersistenceContext NONE = new PersistenceContext() {
        @Override
        public void flush() {
            // There are no changes in memory.
        }

        @Override
        public void clear() {
            // There are no entities in memory.
        }
    };

    /** Sends changes to the database. */
    void flush();

    /** Evicts all entities, so that they are loaded again on demand. Unflushed changes are lost. */
    void clear();
}
