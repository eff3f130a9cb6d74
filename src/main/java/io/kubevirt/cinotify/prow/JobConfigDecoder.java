// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/** The text of a file of job configuration, which Prow's config-updater may have compressed into its ConfigMap. */
public final class JobConfigDecoder {

    /** Thirty times the size of a ConfigMap's limit is beyond what real configuration compresses to. */
    private static final int MAX_BYTES = 32 * 1024 * 1024;

    private JobConfigDecoder() {}

    /**
     * The text; decompressed if the content begins as gzip does.
     *
     * @param file how to name it in problems
     * @throws InvalidConfigException if it is larger than 32 MiB, is damaged, or is not UTF-8
     */
    public static String decode(String file, byte[] content) throws InvalidConfigException {
        byte[] plain = isCompressed(content) ? decompress(file, content) : content;
        if (plain.length > MAX_BYTES) {
            throw invalid(file, "it is larger than " + MAX_BYTES + " bytes", "split it");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(plain))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid(file, "it is not text in UTF-8", "save it as UTF-8");
        }
    }

    private static boolean isCompressed(byte[] content) {
        return content.length > 1 && content[0] == 0x1f && content[1] == (byte) 0x8b;
    }

    private static byte[] decompress(String file, byte[] content) throws InvalidConfigException {
        try (InputStream stream = new GZIPInputStream(new ByteArrayInputStream(content))) {
            return stream.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw invalid(file, "it begins as gzip does but is damaged: " + e.getMessage(), "write it anew");
        }
    }

    private static InvalidConfigException invalid(String file, String problem, String mend) {
        return new InvalidConfigException(ConfigProblem.ofFile(file, problem, mend));
    }
}
