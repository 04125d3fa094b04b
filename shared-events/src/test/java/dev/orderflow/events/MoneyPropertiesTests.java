package dev.orderflow.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Currency;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Properties of random amounts of all currencies. A failure names its seed. */
class MoneyPropertiesTests {

    private static final int SEEDS = 2_000;
    private static final String[] CURRENCIES = Currency.getAvailableCurrencies().stream()
            .filter(currency -> currency.getDefaultFractionDigits() >= 0)
            .map(Currency::getCurrencyCode)
            .sorted()
            .toArray(String[]::new);

    private final JsonMapper json = JsonMapper.builder().build();

    @Test
    void anAmountHasTheDecimalsOfItsCurrencyHoweverItIsWritten() {
        forRandom(random -> {
            var money = any(random, currency(random));
            var decimals = Currency.getInstance(money.currency()).getDefaultFractionDigits();

            assertThat(money.amount().scale()).isEqualTo(decimals);
            assertThat(Money.of(money.amount().stripTrailingZeros().toString(), money.currency()))
                    .isEqualTo(money)
                    .hasSameHashCodeAs(money);
            assertThat(Money.of(money.amount().toPlainString() + (decimals == 0 ? "." : "") + "000", money.currency()))
                    .isEqualTo(money);
        });
    }

    @Test
    void oneDecimalMoreThanTheCurrencyHasIsRefused() {
        forRandom(random -> {
            var money = any(random, currency(random));
            var tooFine = money.amount()
                    .add(BigDecimal.ONE.scaleByPowerOfTen(-money.amount().scale() - 1 - random.nextInt(5)));

            assertThatThrownBy(() -> new Money(tooFine, money.currency()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(money.currency());
        });
    }

    @Test
    void sumsDependOnNoOrderAndZeroAddsNothing() {
        forRandom(random -> {
            var currency = currency(random);
            var a = any(random, currency);
            var b = any(random, currency);
            var c = any(random, currency);

            assertThat(a.plus(b)).isEqualTo(b.plus(a));
            assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
            assertThat(a.plus(Money.zero(currency))).isEqualTo(a);
        });
    }

    @Test
    void aMultipleIsThatManySummands() {
        forRandom(random -> {
            var price = any(random, currency(random));
            var quantity = random.nextInt(20);
            var sum = Money.zero(price.currency());
            for (var piece = 0; piece < quantity; piece++) {
                sum = sum.plus(price);
            }

            assertThat(price.times(quantity)).isEqualTo(sum);
            assertThat(price.times(-quantity).plus(sum)).isEqualTo(Money.zero(price.currency()));
        });
    }

    @Test
    void anAmountSurvivesTheWireToTheLastDigit() {
        forRandom(random -> {
            var money = any(random, currency(random));
            var written = json.writeValueAsString(money);

            assertThat(json.readValue(written, Money.class)).isEqualTo(money);
            assertThat(json.readTree(written).at("/amount").isString()).isTrue();
        });
    }

    @Test
    void amountsOfTwoCurrenciesAreNeverAdded() {
        forRandom(random -> {
            var a = any(random, currency(random));
            var b = any(random, currency(random));

            if (!a.currency().equals(b.currency())) {
                assertThatThrownBy(() -> a.plus(b))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("cannot add " + b.currency() + " to " + a.currency());
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"amount\": \"1\"}",
                "{\"currency\": \"GBP\"}",
                "{\"amount\": null, \"currency\": \"GBP\"}",
                "{\"amount\": \"1\", \"currency\": null}",
                "{\"amount\": \"one\", \"currency\": \"GBP\"}",
                "{\"amount\": \"1.005\", \"currency\": \"GBP\"}",
                "{\"amount\": \"1\", \"currency\": \"gbp\"}",
                "{\"amount\": \"1\", \"currency\": \"\"}",
                "{\"amount\": \"1\", \"currency\": \"GBPS\"}",
                "{\"amount\": \"NaN\", \"currency\": \"GBP\"}",
                "{\"amount\": [\"1\"], \"currency\": {}}",
                "\"1 GBP\"",
                "[]"
            })
    void whatIsNoMoneyIsNotReadAsSome(String written) {
        assertThatThrownBy(() -> json.readValue(written, Money.class)).isInstanceOf(JacksonException.class);
    }

    private static void forRandom(Consumer<Random> property) {
        for (var seed = 0; seed < SEEDS; seed++) {
            try {
                property.accept(new Random(seed));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static String currency(Random random) {
        return CURRENCIES[random.nextInt(CURRENCIES.length)];
    }

    /** An amount of up to 27 digits, of either sign; small ones are as likely as large ones. */
    private static Money any(Random random, String currency) {
        var unscaled = new BigInteger(random.nextInt(80), random);
        var decimals = Currency.getInstance(currency).getDefaultFractionDigits();
        return new Money(new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), decimals), currency);
    }
}
