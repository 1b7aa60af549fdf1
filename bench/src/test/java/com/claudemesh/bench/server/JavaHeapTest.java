package com.claudemesh.bench.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class JavaHeapTest {

    @Test
    void totalBytes_aHistogram_readsTheLastLine() throws IOException {
        String histogram = """
                 num     #instances         #bytes  class name (module)
                -------------------------------------------------------
                   1:         30000        2345678  [B (java.base@17.0.15)
                Total         55555        9876543
                """;

        assertThat(JavaHeap.totalBytes(histogram)).isEqualTo(9_876_543);
    }

    @Test
    void totalBytes_somethingElse_isRefused() {
        assertThatThrownBy(() -> JavaHeap.totalBytes("java.io.IOException: no such process"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void liveBytes_thisProcess_countsWhatIsReachable() throws Exception {
        JavaHeap own = new JavaHeap(ProcessHandle.current().pid());
        long before = own.liveBytes();
        byte[] kept = new byte[32 << 20];

        long growth = own.liveBytes() - before;

        assertThat(growth).isBetween((long) kept.length - (4 << 20), (long) kept.length + (4 << 20));
    }
}
