// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli.options;

import io.kubevirt.cinotify.prow.GoDuration;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Times as Prow writes them: {@code 45s}, {@code 1m30s}. */
public final class GoDurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
        return GoDuration.parse(text)
                .filter(period -> !period.isNegative())
                .orElseThrow(() -> new TypeConversionException("\"" + text + "\" is not a time; write it as 45s"));
    }
}
