// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the JVM of a plugin says of its native memory and its classes, by jcmd. */
final class NativeMemory {
    /** Needed by the JVM of the plugin. */
    static final String FLAG = "-XX:NativeMemoryTracking=summary";

    private static final Pattern PART = Pattern.compile("-\\s+([A-Z][\\w ]+) \\(reserved=\\d+KB, committed=(\\d+)KB");
    /** Libraries that are used only with some options. */
    private static final Map<String, String> LIBRARIES = Map.of(
            "Kubernetes client",
            "io.fabric8.kubernetes.",
            "Slack",
            "com.slack.api.",
            "PostgreSQL",
            "org.postgresql.",
            "S3 and Google",
            "software.amazon.awssdk.");

    private final ServerProcess server;

    NativeMemory(ServerProcess server) {
        this.server = server;
    }

    /** Committed memory by part of the JVM, largest parts only, and loaded classes by library. */
    Map<String, Double> figures(String when) throws IOException, InterruptedException {
        Map<String, Double> figures = new LinkedHashMap<>();
        Matcher parts = PART.matcher(jcmd("VM.native_memory", "summary"));
        while (parts.find()) {
            double megabytes = Double.parseDouble(parts.group(2)) / 1024;
            if (megabytes >= 1) {
                figures.put(when + "committed MB, " + parts.group(1), megabytes);
            }
        }
        String classes = jcmd("VM.class_hierarchy");
        figures.put(when + "loaded classes", (double) classes.lines().count());
        LIBRARIES.forEach((library, prefix) -> figures.put(when + "loaded classes, " + library, (double)
                classes.lines().filter(line -> line.contains(prefix)).count()));
        return figures;
    }

    private String jcmd(String... command) throws IOException, InterruptedException {
        String[] all = new String[command.length + 2];
        all[0] = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        all[1] = Long.toString(server.pid());
        System.arraycopy(command, 0, all, 2, command.length);
        Process process = new ProcessBuilder(all).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
