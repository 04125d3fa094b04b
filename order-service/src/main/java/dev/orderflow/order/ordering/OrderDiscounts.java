package dev.orderflow.order.ordering;

import jakarta.persistence.AttributeConverter;
import jakarta.persistence.Converter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The discounts of an order as JSON, in a column of the order: they are few, never change, and are read with it. */
@Converter
class OrderDiscounts implements AttributeConverter<List<OrderDiscount>, String> {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final TypeReference<List<OrderDiscount>> LIST = new TypeReference<>() {};

    @Override
    public @Nullable String convertToDatabaseColumn(@Nullable List<OrderDiscount> discounts) {
        return discounts == null || discounts.isEmpty() ? null : JSON.writeValueAsString(discounts);
    }

    @Override
    public List<OrderDiscount> convertToEntityAttribute(@Nullable String column) {
        return column == null ? List.of() : List.copyOf(JSON.readValue(column, LIST));
    }
}
