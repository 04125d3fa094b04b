package dev.orderflow.notification.mail;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** An HTML document that is also well-formed XML, so that nothing in it is left to how clients repair HTML. */
final class HtmlText {

    private final Document document;

    private HtmlText(Document document) {
        this.document = document;
    }

    /** @throws AssertionError if it is not well-formed */
    static HtmlText of(String html) {
        try {
            var document = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(html)));
            return new HtmlText(document);
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError(html, e);
        }
    }

    /** Returns all elements of that name, or all if it is {@code *}. */
    List<Element> elements(String name) {
        return elements(document.getElementsByTagName(name));
    }

    /** Returns the cells of each row of tables. */
    List<List<String>> rows() {
        return elements("tr").stream().map(HtmlText::cells).toList();
    }

    /** Returns what is shown without styles, with single spaces. */
    String shown() {
        return flat(elements("body").getFirst().getTextContent());
    }

    static String flat(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static List<String> cells(Element row) {
        return elements(row.getElementsByTagName("*")).stream()
                .filter(cell -> cell.getTagName().matches("t[hd]"))
                .map(Element::getTextContent)
                .toList();
    }

    private static List<Element> elements(NodeList nodes) {
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .map(Element.class::cast)
                .toList();
    }
}
