// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * Version and commit of the running program. The build writes both into {@code version.properties}; outside of a Git
 * checkout the commit is {@code unknown}.
 *
 * @param revision the full commit hash
 */
public record BuildInfo(String version, String revision) {
    private static final String RESOURCE = "/version.properties";
    private static final String UNKNOWN = "unknown";
    private static final int SHORT_HASH = 7;

    public static BuildInfo current() {
        Properties properties = new Properties();
        try (InputStream resource = BuildInfo.class.getResourceAsStream(RESOURCE)) {
            if (resource != null) {
                properties.load(resource);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + RESOURCE, e);
        }
        return new BuildInfo(value(properties, "version"), value(properties, "revision"));
    }

    /** A class path that was not built by Maven holds the unfiltered resource. */
    private static String value(Properties properties, String key) {
        String value = properties.getProperty(key, "");
        return value.isBlank() || value.startsWith("${") ? UNKNOWN : value;
    }

    /** For people: {@code ci-notify 0.1.0 (82d252a)}. */
    @Override
    public String toString() {
        String hash = revision.length() > SHORT_HASH && !revision.equals(UNKNOWN)
                ? revision.substring(0, SHORT_HASH)
                : revision;
        return "ci-notify " + version + " (" + hash + ")";
    }

    void register(MeterRegistry registry) {
        Gauge.builder("ci_notify.build.info", () -> 1)
                .description("Version, commit and Java version of the running build.")
                .tag("version", version)
                .tag("revision", revision)
                .tag("java_version", Runtime.version().toString())
                .register(registry);
    }
}
