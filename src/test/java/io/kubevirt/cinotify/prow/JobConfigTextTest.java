/*
 * This file is part of the ci-notify project.
 *
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     http://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.document.InvalidDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class JobConfigTextTest {

    private static final String TEXT = "periodics: [] # überall\n";

    @Test
    void plainAndCompressedTextAreTheSame() throws Exception {
        byte[] plain = TEXT.getBytes(StandardCharsets.UTF_8);
        assertThat(JobConfigText.decode("f", plain)).isEqualTo(TEXT);
        assertThat(JobConfigText.decode("f", gzip(plain))).isEqualTo(TEXT);
        assertThat(JobConfigText.decode("f", new byte[0])).isEmpty();
    }

    @Test
    void aBombIsNotBlownUp() throws IOException {
        byte[] bomb = gzip(new byte[100 * 1024 * 1024]);
        assertThatThrownBy(() -> JobConfigText.decode("f", bomb))
                .isInstanceOf(InvalidDocument.class)
                .hasMessage("f: it is larger than 33554432 bytes; split it");
    }

    @Test
    void aDamagedFileIsTold() throws IOException {
        byte[] whole = gzip(TEXT.getBytes(StandardCharsets.UTF_8));
        for (int length = 2; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> JobConfigText.decode("f", cut))
                    .as("%d bytes", length)
                    .isInstanceOf(InvalidDocument.class)
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
