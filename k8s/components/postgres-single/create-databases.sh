#!/bin/sh
# Creates a database for each service, a user that owns it and migrates its tables, and the service's own user, which gets its rights
# from the owner. Neither can connect to another database. A role that the service may take on, and whose rights it does not inherit,
# sees the rows of all tenants. The image runs it once, on an empty data folder; a later run adds what is missing.
set -eu

create() {
  psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
    --set name="$1" --set password="$2" --set owner="$1_owner" --set system="$1_system" --set owner_password="$3" <<'SQL'
SELECT format('CREATE ROLE %I LOGIN PASSWORD %L', :'owner', :'owner_password') WHERE to_regrole(:'owner') IS NULL \gexec
SELECT format('CREATE ROLE %I LOGIN NOINHERIT PASSWORD %L', :'name', :'password') WHERE to_regrole(:'name') IS NULL \gexec
SELECT format('CREATE ROLE %I ROLE %I', :'system', :'name') WHERE to_regrole(:'system') IS NULL \gexec
SELECT format('CREATE DATABASE %I OWNER %I', :'name', :'owner')
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'name') \gexec
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"name" TO :"name";
SQL
}

create order_service "$ORDER_SERVICE_PASSWORD" "$ORDER_SERVICE_OWNER_PASSWORD"
create inventory_service "$INVENTORY_SERVICE_PASSWORD" "$INVENTORY_SERVICE_OWNER_PASSWORD"
create payment_service "$PAYMENT_SERVICE_PASSWORD" "$PAYMENT_SERVICE_OWNER_PASSWORD"
create shipping_service "$SHIPPING_SERVICE_PASSWORD" "$SHIPPING_SERVICE_OWNER_PASSWORD"
create loyalty_service "$LOYALTY_SERVICE_PASSWORD" "$LOYALTY_SERVICE_OWNER_PASSWORD"
create notification_service "$NOTIFICATION_SERVICE_PASSWORD" "$NOTIFICATION_SERVICE_OWNER_PASSWORD"

psql --no-psqlrc --set ON_ERROR_STOP=1 --username "${POSTGRES_USER:-postgres}" --dbname postgres \
  --command 'REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC'
