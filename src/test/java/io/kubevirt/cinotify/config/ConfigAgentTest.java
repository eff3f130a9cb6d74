// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.fixture.MountedFolder;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.yaml.ConfigProblem;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigAgentTest {

    private static final Logger LOG = Logger.getLogger(ConfigAgent.class.getName());

    private final Lines log = new Lines();

    @TempDir
    private Path folder;

    @BeforeEach
    void listen() {
        LOG.addHandler(log);
    }

    @AfterEach
    void listenNoMore() {
        LOG.removeHandler(log);
    }

    @Test
    void aBrokenVersionIsRejectedOnceAndAGoodOneApplied() throws Exception {
        ConfigFixture files = ConfigFixture.in(folder.resolve("config"));
        ConfigAgent live = live(files.path());
        Config first = live.get();

        files.replace("ci-notify.yaml", "sig: compute, area: support", "sig: compute, area: suport");
        live.refresh();
        live.refresh();

        assertThat(live.get()).as("the last good version").isSameAs(first);
        assertThat(live.problems())
                .extracting(ConfigProblem::toString)
                .containsExactly(
                        "ci-notify.yaml:40: routing.default.area: unknown area \"suport\"; did you mean \"support\"?");
        assertThat(log.lines)
                .containsExactly("reload failed, the previous configuration stays in force: ci-notify.yaml:40:"
                        + " routing.default.area: unknown area \"suport\"; did you mean \"support\"?");

        files.replace("ci-notify.yaml", "area: suport", "area: operations");
        live.refresh();

        assertThat(live.problems()).isEmpty();
        assertThat(live.get().file().routing().fallback().area()).isEqualTo("operations");
        assertThat(log.lines).last().isEqualTo("configuration reloaded");
    }

    @Test
    void anotherProblemIsReportedAnew() throws Exception {
        ConfigFixture files = ConfigFixture.in(folder.resolve("config"));
        ConfigAgent live = live(files.path());

        files.replace("ci-notify.yaml", "hosts:", "host:");
        live.refresh();
        files.replace("ci-notify.yaml", "buckets:", "bucket:");
        live.refresh();

        assertThat(live.problems()).hasSize(4);
        assertThat(log.lines).as("each problem once").hasSize(4);
    }

    /** The host and the bucket of init's settings; those that were there before stay accepted. */
    @Test
    void aReloadThatBringsPlaceholdersIsRejected() throws Exception {
        ConfigFixture files = ConfigFixture.in(folder.resolve("config"));
        ConfigAgent live = live(files.path());
        Config first = live.get();

        files.replace("ci-notify.yaml", "buckets: [logs]", "buckets: [example-logs]");
        live.refresh();

        assertThat(live.get()).as("the last good version").isSameAs(first);
        assertThat(live.problems())
                .singleElement()
                .asString()
                .startsWith("ci-notify.yaml:3: prow.buckets[0]: example-logs is a placeholder");

        files.replace("ci-notify.yaml", "buckets: [example-logs]", "buckets: [other-logs]");
        live.refresh();

        assertThat(live.problems()).isEmpty();
        assertThat(live.get().file().prow().buckets()).containsExactly("other-logs");
    }

    @Test
    void nothingIsReadWhereNothingHasChanged() throws Exception {
        ConfigAgent live = live(ConfigFixture.in(folder.resolve("config")).path());
        Config first = live.get();

        live.refresh();

        assertThat(live.get()).isSameAs(first);
        assertThat(log.lines).isEmpty();
    }

    @Test
    void theTurnOfAMountedConfigMapIsNoticed() throws Exception {
        MountedFolder mount = mount();
        ConfigAgent live = live(mount.path());
        assertThat(levelOfBo(live)).isEqualTo(Level.BACKUP);

        mount.update(
                "group.md",
                mount.text("group.md")
                        .replace(
                                "| Mon-Fri | GMT+2 | Backup  | Primary   |",
                                "| Sun-Thu | GMT+2 | Primary | Primary   |"));
        live.refresh();

        assertThat(levelOfBo(live)).isEqualTo(Level.PRIMARY);
        assertThat(log.lines).last().isEqualTo("configuration reloaded");
        assertThat(live.reloads()).isEqualTo(new ConfigAgent.ReloadStats(1, 0, Instant.EPOCH));
    }

    @Test
    void filesThatAreGoneForAMomentAreNoReasonToForget() throws Exception {
        MountedFolder mount = mount();
        ConfigAgent live = live(mount.path());
        Config first = live.get();
        String text = mount.text("ci-notify.yaml");

        mount.update("ci-notify.yaml", null);
        live.refresh();
        assertThat(live.get()).isSameAs(first);
        assertThat(live.problems()).isNotEmpty();
        assertThat(live.reloads()).isEqualTo(new ConfigAgent.ReloadStats(0, 1, Instant.EPOCH));

        mount.update("ci-notify.yaml", text);
        live.refresh();
        assertThat(live.problems()).isEmpty();
    }

    @Test
    void aBrokenTemplateKeepsEverythingThatCameWithItOut() throws Exception {
        ConfigFixture files = ConfigFixture.in(folder.resolve("config"));
        ConfigAgent live = live(files.path());
        Config first = live.get();
        Path template = Files.createDirectories(files.path().resolve("templates/github"))
                .resolve("opened.md");

        Files.writeString(template, "first\n{titel}\n");
        files.replace("ci-notify.yaml", "sig: compute, area: support", "sig: compute, area: operations");
        live.refresh();

        assertThat(live.get()).as("the last good version").isSameAs(first);
        assertThat(live.problems()).singleElement().asString().startsWith("templates/github/opened.md:2: ");
        assertThat(live.reloads()).isEqualTo(new ConfigAgent.ReloadStats(0, 1, Instant.EPOCH));

        Files.writeString(template, "{title}\n");
        live.refresh();

        assertThat(live.problems()).isEmpty();
        assertThat(live.get().templates()).isNotSameAs(first.templates());
        assertThat(live.get().file().routing().fallback().area()).isEqualTo("operations");
        assertThat(live.reloads()).isEqualTo(new ConfigAgent.ReloadStats(1, 1, Instant.EPOCH));
    }

    @Test
    void goodTemplatesWaitForTheSettingsThatCameWithThem() throws Exception {
        ConfigFixture files = ConfigFixture.in(folder.resolve("config"));
        ConfigAgent live = live(files.path());
        Config first = live.get();

        Files.writeString(
                Files.createDirectories(files.path().resolve("templates/github"))
                        .resolve("opened.md"),
                "{title}\n");
        files.replace("ci-notify.yaml", "hosts:", "host:");
        live.refresh();

        assertThat(live.get()).isSameAs(first);
        assertThat(live.problems()).hasSize(2);
    }

    @Test
    void theJobConfigurationMayNotGetWorseButNeedNotBePerfect() throws Exception {
        Path jobs = Files.createDirectory(folder.resolve("jobs"));
        Files.writeString(jobs.resolve("old.yaml"), "periodics: {}\n");
        ConfigAgent live = new ConfigAgent(
                new ConfigLoader(ConfigFixture.in(folder.resolve("config")).path(), jobs), () -> Instant.EPOCH);
        assertThat(live.prowProblems()).extracting(ConfigProblem::file).containsExactly("old.yaml");

        Files.writeString(jobs.resolve("new.yaml"), "periodics: [{cron: x}]\n");
        live.refresh();
        assertThat(live.problems()).extracting(ConfigProblem::file).containsExactly("new.yaml");

        Files.writeString(jobs.resolve("new.yaml"), "periodics: [{name: nightly, cron: '@daily', interval: ''}]\n");
        Files.writeString(jobs.resolve("old.yaml"), "\nperiodics: {}\n");
        live.refresh();
        assertThat(live.problems()).isEmpty();
        assertThat(live.get().jobs().byName("nightly")).isPresent();
        assertThat(live.prowProblems())
                .extracting(ConfigProblem::toString)
                .singleElement()
                .asString()
                .startsWith("old.yaml:2: ");
    }

    @Test
    void aChangeOfOwnersIsReported() throws Exception {
        ConfigFixture files = ConfigFixture.in(folder.resolve("config"));
        Path jobs = Files.createDirectory(folder.resolve("jobs"));
        StringBuilder presubmits = new StringBuilder("presubmits:\n  example/net:\n");
        for (int index = 10; index < 22; index++) {
            presubmits.append("    - {name: pull-").append(index).append("}\n");
        }
        presubmits.append("    - {name: pull-10, branches: [release]}\n    - {name: pull-sig-compute}\n");
        presubmits.append("    - {name: pull-secret, hidden: true}\n");
        Files.writeString(jobs.resolve("net.yaml"), presubmits);
        ConfigAgent live = new ConfigAgent(new ConfigLoader(files.path(), jobs), () -> Instant.EPOCH);

        Files.writeString(jobs.resolve("net.yaml"), presubmits + "    - {name: pull-new}\n");
        live.refresh();
        assertThat(live.ownerChanges()).as("a new job had no owner before").isEmpty();

        files.replace("ci-notify.yaml", "example/net: network", "example/net: compute");
        live.refresh();

        String changes = "14 jobs change their SIG: "
                + IntStream.range(10, 17)
                        .mapToObj(index -> "example/net pull-" + index + " (network to compute)")
                        .collect(Collectors.joining(", "))
                + " and 6 more, and 1 private";
        assertThat(live.ownerChanges()).contains(changes);
        assertThat(log.lines).last().isEqualTo("configuration reloaded: " + changes);

        files.replace("ci-notify.yaml", "sig: compute, area: support", "sig: compute, area: suport");
        live.refresh();
        assertThat(live.ownerChanges())
                .as("a rejected configuration changes nothing")
                .isPresent();
    }

    @Test
    void withoutAGoodBeginningThereIsNone() {
        assertThatThrownBy(() -> live(folder.resolve("nowhere"))).isInstanceOf(InvalidConfigException.class);
    }

    private static @Nullable Level levelOfBo(ConfigAgent live) {
        return live.get().rosterDocument().members().get(1).levels().get("operations");
    }

    private static ConfigAgent live(Path folder) throws InvalidConfigException {
        return new ConfigAgent(new ConfigLoader(folder, null), () -> Instant.EPOCH);
    }

    private MountedFolder mount() throws IOException {
        return MountedFolder.of(ConfigFixture.in(folder.resolve("source")).path(), folder.resolve("mount"));
    }

    private static final class Lines extends Handler {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            lines.add(
                    line.getParameters() == null
                            ? line.getMessage()
                            : String.format(line.getMessage(), line.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
