package dev.orderflow.demo.client.replay;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/** Positions of the columns, read from the file's first line. */
final class RetailColumns {

    private static final List<String> NEEDED =
            List.of("InvoiceNo", "StockCode", "Description", "Quantity", "UnitPrice", "CustomerID");
    /** Patterns that order-service accepts for a sku and for a customer. */
    private static final Pattern SKU = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,49}");

    private static final Pattern CUSTOMER = Pattern.compile("\\P{C}{0,100}");

    private static final int MAX_DIGITS = 12;
    private static final int LONGEST_INVOICE = 100;

    private final Map<String, Integer> positions = new HashMap<>();
    private final int count;

    /**
     * Reads the header.
     *
     * @throws UnusableFileException naming the columns that are missing
     */
    RetailColumns(CSVRecord header) throws UnusableFileException {
        count = header.size();
        for (var position = 0; position < count; position++) {
            positions.putIfAbsent(header.get(position).toLowerCase(Locale.ROOT), position);
        }
        var missing = new ArrayList<>(NEEDED);
        missing.removeIf(column -> positions.containsKey(column.toLowerCase(Locale.ROOT)));
        if (!missing.isEmpty()) {
            throw new UnusableFileException("the first line lacks the columns " + String.join(", ", missing)
                    + "; a UCI Online Retail file has " + String.join(",", NEEDED) + " and more");
        }
    }

    /** Returns whether the record has as many columns as the file. */
    boolean fit(CSVRecord record) {
        return record.size() == count;
    }

    /**
     * Returns whether {@code line} alone is a row of this file. The last line of a quoted text has the quote that
     * closes it, too.
     */
    boolean isRow(String line) {
        if (line.chars().filter(character -> character == '"').count() % 2 != 0) {
            return false;
        }
        try {
            var record = CsvLine.parse(line);
            return record.isPresent() && !read(record.get()).invoice().isEmpty();
        } catch (MalformedRowException e) {
            return false;
        }
    }

    /**
     * Reads a row.
     *
     * @throws MalformedRowException when the record is not a row of this file
     */
    RetailRow read(CSVRecord record) throws MalformedRowException {
        if (!fit(record)) {
            throw new MalformedRowException(record.size() + " columns instead of " + count);
        }
        var invoice = text(record, "InvoiceNo");
        if (invoice.isEmpty()) {
            throw new MalformedRowException("no InvoiceNo");
        }
        if (invoice.length() > LONGEST_INVOICE) {
            throw new MalformedRowException("an InvoiceNo of more than " + LONGEST_INVOICE + " characters");
        }
        return new RetailRow(
                invoice,
                text(record, "StockCode", SKU),
                text(record, "Description"),
                quantity(record),
                number(record, "UnitPrice"),
                withoutDecimals(text(record, "CustomerID", CUSTOMER)));
    }

    private int quantity(CSVRecord record) throws MalformedRowException {
        try {
            return number(record, "Quantity").intValueExact();
        } catch (ArithmeticException e) {
            throw new MalformedRowException("Quantity '" + text(record, "Quantity") + "' is not a whole number");
        }
    }

    private BigDecimal number(CSVRecord record, String column) throws MalformedRowException {
        var text = text(record, column);
        try {
            var number = new BigDecimal(text);
            // An exponent in the billions is a valid number, but expanding it would take all memory.
            if (Math.abs((long) number.precision() - number.scale()) <= MAX_DIGITS) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new MalformedRowException(column + " '" + text + "' is not a number");
        }
        throw new MalformedRowException(column + " '" + text + "' is out of range");
    }

    private String text(CSVRecord record, String column, Pattern pattern) throws MalformedRowException {
        var text = text(record, column);
        if (!pattern.matcher(text).matches()) {
            throw new MalformedRowException(text.isEmpty() ? "no " + column : "not a " + column + ": '" + text + "'");
        }
        return text;
    }

    private String text(CSVRecord record, String column) {
        return record.get(positions.getOrDefault(column.toLowerCase(Locale.ROOT), 0))
                .strip();
    }

    /**
     * Removes the decimals of a customer's number: the file comes from a spreadsheet that exported them as fractions,
     * 17850.0.
     */
    private static String withoutDecimals(String customer) {
        return customer.endsWith(".0") ? customer.substring(0, customer.length() - 2) : customer;
    }
}
