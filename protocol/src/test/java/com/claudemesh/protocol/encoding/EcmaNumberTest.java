package com.claudemesh.protocol.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcmaNumberTest {

    /** Expected texts from RFC 8785 appendix B and ECMAScript engines. */
    @ParameterizedTest
    @CsvSource({
        "0x0.0p0, 0",
        "-0x0.0p0, 0",
        "0x0.0000000000001p-1022, 5e-324",
        "-0x0.0000000000001p-1022, -5e-324",
        "0x1.fffffffffffffp1023, 1.7976931348623157e+308",
        "0x1p-44, 5.684341886080802e-14",
        "2.0E-3, 0.002",
        "1.0E23, 1e+23",
        "9.999999999999997E22, 9.999999999999997e+22",
        "295147905179352830000, 295147905179352830000",
        "999999999999999900000, 999999999999999900000",
        "1e21, 1e+21",
        "0.000001, 0.000001",
        "9.999999999999997e-7, 9.999999999999997e-7",
        "333333333.3333332, 333333333.3333332",
        "-1.5, -1.5",
        "1777750117000.5, 1777750117000.5",
        "9007199254740993, 9007199254740992"
    })
    void text_knownDouble_isEcmaScriptText(double value, String expected) {
        assertThat(EcmaNumber.text(value)).isEqualTo(expected);
    }

    @Test
    void text_randomDoubles_readBackTheSame() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String text = EcmaNumber.text(value);
                assertThat(Double.parseDouble(text)).isEqualTo(value);
            }
        }
    }
}
