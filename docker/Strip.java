/**
 * Removes the symbol table from a shared library of 64 bits, as {@code strip} of binutils would, which the image for building lacks.
 * The dynamic symbols stay. Leaves a library alone that has no such table, or not as one of its last sections.
 * <p>
 * Sections are described in the ELF specification, chapter 4.
 */
void main(String[] arguments) throws IOException {
    for (var name : arguments) {
        var file = Path.of(name);
        var stripped = stripped(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN));
        if (stripped != null) {
            Files.write(file, stripped);
        }
    }
}

byte[] stripped(ByteBuffer elf) {
    if (elf.limit() < 64 || elf.getInt(0) != 0x464c457f || elf.get(4) != 2 || elf.get(5) != 1) {
        return null;
    }
    var table = Math.toIntExact(elf.getLong(0x28));
    var size = elf.getShort(0x3a);
    var count = elf.getShort(0x3c);
    var names = elf.getShort(0x3e);
    // The usual order at the end of a file: .symtab, .strtab, .shstrtab, and the headers of all sections.
    if (count < 4 || names != count - 1) {
        return null;
    }
    var symbols = table + (count - 3) * size;
    var strings = table + (count - 2) * size;
    var nameTable = table + (count - 1) * size;
    if (elf.getInt(symbols + 4) != 2 || elf.getInt(strings + 4) != 3) {
        return null;
    }
    var kept = Math.toIntExact(elf.getLong(symbols + 0x18));
    var namesAt = Math.toIntExact(elf.getLong(nameTable + 0x18));
    var namesSize = Math.toIntExact(elf.getLong(nameTable + 0x20));
    var headersAt = (kept + namesSize + 7) / 8 * 8;
    var result = ByteBuffer.allocate(headersAt + (count - 2) * size).order(ByteOrder.LITTLE_ENDIAN);
    result.put(0, elf, 0, kept);
    result.put(kept, elf, namesAt, namesSize);
    result.put(headersAt, elf, table, (count - 3) * size);
    result.put(headersAt + (count - 3) * size, elf, nameTable, size);
    result.putLong(headersAt + (count - 3) * size + 0x18, kept);
    result.putLong(0x28, headersAt).putShort(0x3c, (short) (count - 2)).putShort(0x3e, (short) (count - 3));
    return result.array();
}
