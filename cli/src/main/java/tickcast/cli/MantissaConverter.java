package tickcast.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;
import tickcast.protocol.Decimal8;

/** Prices and quantities: decimals above 0 with at most 8 decimals. */
final class MantissaConverter implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        try {
            long mantissa = Decimal8.parse(text);
            if (mantissa > 0) {
                return mantissa;
            }
        } catch (NumberFormatException e) {
            throw wrong(text);
        }
        throw wrong(text);
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException("'" + text + "' is no number above 0 with at most 8 decimals, such as 0.25");
    }
}
