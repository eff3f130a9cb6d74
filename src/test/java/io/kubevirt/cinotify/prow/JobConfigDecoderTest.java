// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.prow.JobConfigFile.JobConfigDecoder;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class JobConfigDecoderTest {

    private static final String TEXT = "periodics: [] # überall\n";

    @Test
    void plainAndCompressedTextAreTheSame() throws Exception {
        byte[] plain = TEXT.getBytes(StandardCharsets.UTF_8);
        assertThat(JobConfigDecoder.decode("f", plain)).isEqualTo(TEXT);
        assertThat(JobConfigDecoder.decode("f", gzip(plain))).isEqualTo(TEXT);
        assertThat(JobConfigDecoder.decode("f", new byte[0])).isEmpty();
    }

    @Test
    void aDecompressionBombIsRejected() throws IOException {
        byte[] bomb = gzip(new byte[100 * 1024 * 1024]);
        assertThatThrownBy(() -> JobConfigDecoder.decode("f", bomb))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessage("f: the file is larger than 33554432 bytes; split it");
    }

    @Test
    void aDamagedFileIsReported() throws IOException {
        byte[] whole = gzip(TEXT.getBytes(StandardCharsets.UTF_8));
        for (int length = 2; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> JobConfigDecoder.decode("f", cut))
                    .as("%d bytes", length)
                    .isInstanceOf(InvalidConfigException.class)
                    .hasMessageContaining("damaged");
        }
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(plain);
        }
        return bytes.toByteArray();
    }
}
