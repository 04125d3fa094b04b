package dev.orderflow.eventing.routes;

import dev.orderflow.eventing.routes.Term.InvalidExpressionException;
import dev.orderflow.eventing.routes.Term.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.IntLiteral;
import org.springframework.expression.spel.ast.Literal;
import org.springframework.expression.spel.ast.OpAnd;
import org.springframework.expression.spel.ast.OpEQ;
import org.springframework.expression.spel.ast.OpGE;
import org.springframework.expression.spel.ast.OpGT;
import org.springframework.expression.spel.ast.OpLE;
import org.springframework.expression.spel.ast.OpLT;
import org.springframework.expression.spel.ast.OpMinus;
import org.springframework.expression.spel.ast.OpNE;
import org.springframework.expression.spel.ast.OpOr;
import org.springframework.expression.spel.ast.OperatorNot;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.StringLiteral;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;

/**
 * Parses expressions written in a small part of Spring's expression language: comparisons, {@code and}, {@code or}, {@code not},
 * literals, and paths into data and attributes.
 * <p>
 * Only Spring's parser is used. Its evaluation never runs, so an expression has no way to a class, method, bean or variable, nor to
 * anything whose cost depends on an event's content, such as a regular expression.
 */
final class ExpressionParser {

    private static final String DATA = "data";
    private static final String ATTRIBUTES = "attributes";
    private static final String ALLOWED = "only paths, literals, ==, !=, <, <=, >, >=, and, or, not are allowed";
    private static final Pattern ATTRIBUTE_NAME = Pattern.compile("[a-z0-9]{1,20}");

    /** Bounds of the time and stack that parsing takes. */
    private static final int LONGEST = 500;

    private static final int DEEPEST = 20;

    private ExpressionParser() {}

    /** @throws InvalidExpressionException whose message is the rest of a sentence about the expression */
    static Term parse(String text) {
        if (text.isBlank()) {
            throw new InvalidExpressionException("is empty");
        }
        if (text.length() > LONGEST) {
            throw new InvalidExpressionException("has more than " + LONGEST + " characters");
        }
        if (openTogether(text) > DEEPEST) {
            throw tooDeep();
        }
        try {
            return term(((SpelExpression) new SpelExpressionParser().parseExpression(text)).getAST(), 0);
        } catch (ParseException e) {
            throw new InvalidExpressionException("is not an expression: " + e.getSimpleMessage());
        } catch (IllegalStateException | IllegalArgumentException e) {
            throw new InvalidExpressionException("is not an expression: " + e.getMessage());
        }
    }

    private static InvalidExpressionException tooDeep() {
        return new InvalidExpressionException("is nested more than " + DEEPEST + " deep");
    }

    /** Returns how many parentheses, brackets and braces are open together: the parser calls itself for each. */
    private static int openTogether(String text) {
        var open = 0;
        var most = 0;
        var quote = '\0';
        for (var each : text.toCharArray()) {
            if (quote != '\0') {
                quote = each == quote ? '\0' : quote;
            } else if (each == '\'' || each == '"') {
                quote = each;
            } else if ("([{".indexOf(each) >= 0) {
                most = Math.max(most, ++open);
            } else if (")]}".indexOf(each) >= 0) {
                open--;
            }
        }
        return most;
    }

    private static Term term(SpelNode node, int depth) {
        if (depth > DEEPEST) {
            throw tooDeep();
        }
        return switch (node) {
            case OpAnd and -> new Term.Both(true, child(and, 0, depth), child(and, 1, depth));
            case OpOr or -> new Term.Both(false, child(or, 0, depth), child(or, 1, depth));
            case OperatorNot not -> new Term.Not(child(not, 0, depth));
            case OpEQ equal -> comparison(Operator.EQUAL, equal, depth);
            case OpNE unequal -> comparison(Operator.UNEQUAL, unequal, depth);
            case OpLT less -> comparison(Operator.LESS, less, depth);
            case OpLE atMost -> comparison(Operator.AT_MOST, atMost, depth);
            case OpGT greater -> comparison(Operator.GREATER, greater, depth);
            case OpGE atLeast -> comparison(Operator.AT_LEAST, atLeast, depth);
            case OpMinus minus -> negative(minus);
            case Literal literal -> new Term.Literal(literal.getLiteralValue().getValue());
            case PropertyOrFieldReference property -> path(List.of(property));
            case CompoundExpression compound -> path(childrenOf(compound));
            default -> throw refused(node);
        };
    }

    private static Term child(SpelNode node, int index, int depth) {
        return term(node.getChild(index), depth + 1);
    }

    private static Term comparison(Operator operator, SpelNode node, int depth) {
        return new Term.Comparison(operator, child(node, 0, depth), child(node, 1, depth));
    }

    private static Term negative(OpMinus minus) {
        if (minus.getChildCount() == 1
                && minus.getChild(0) instanceof Literal literal
                && literal.getLiteralValue().getValue() instanceof Number number) {
            return new Term.Literal(
                    switch (number) {
                        case Integer value -> (Number) (-(long) value);
                        case Long value -> -value;
                        default -> -number.doubleValue();
                    });
        }
        throw refused(minus);
    }

    private static Term path(List<SpelNode> nodes) {
        if (!(nodes.getFirst() instanceof PropertyOrFieldReference first)) {
            throw refused(nodes.getFirst());
        }
        var steps = new ArrayList<Object>();
        nodes.forEach(node -> steps.add(step(node)));
        if (first.getName().equals(ATTRIBUTES)) {
            return attribute(steps);
        }
        var isData = first.getName().equals(DATA);
        return new Term.Path(List.copyOf(isData ? steps.subList(1, steps.size()) : steps));
    }

    private static Term attribute(List<Object> steps) {
        if (steps.size() == 2
                && steps.get(1) instanceof String name
                && ATTRIBUTE_NAME.matcher(name).matches()) {
            return new Term.Attribute(name);
        }
        throw new InvalidExpressionException(
                "needs the name of one attribute, 1 to 20 of a-z and 0-9, as in attributes['tenantid']");
    }

    private static Object step(SpelNode node) {
        return switch (node) {
            case PropertyOrFieldReference property -> property.getName();
            case Indexer indexer
            when indexer.getChild(0) instanceof StringLiteral name ->
                String.valueOf(name.getLiteralValue().getValue());
            case Indexer indexer
            when indexer.getChild(0) instanceof IntLiteral index ->
                (Integer) index.getLiteralValue().getValue();
            default -> throw refused(node);
        };
    }

    private static List<SpelNode> childrenOf(SpelNode node) {
        var children = new ArrayList<SpelNode>();
        for (var index = 0; index < node.getChildCount(); index++) {
            children.add(node.getChild(index));
        }
        return children;
    }

    private static InvalidExpressionException refused(SpelNode node) {
        return new InvalidExpressionException("contains " + node.toStringAST() + ", but " + ALLOWED);
    }
}
