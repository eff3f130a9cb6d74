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
package io.kubevirt.cinotify.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.document.Problem;
import io.kubevirt.cinotify.fixture.MountedFolder;
import io.kubevirt.cinotify.roster.Level;
import io.kubevirt.cinotify.settings.Settings;
import io.kubevirt.cinotify.settings.SettingsFolder;
import io.kubevirt.cinotify.settings.SettingsLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveSettingsTest {

    private static final Logger LOG = Logger.getLogger(LiveSettings.class.getName());

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
    void aBrokenVersionIsRefusedOnceAndAGoodOneTaken() throws Exception {
        SettingsFolder files = SettingsFolder.in(folder.resolve("config"));
        LiveSettings live = live(files.path());
        Settings first = live.get();

        files.replace("ci-notify.yaml", "sig: compute, area: support", "sig: compute, area: suport");
        live.refresh();
        live.refresh();

        assertThat(live.get()).as("the last good version").isSameAs(first);
        assertThat(live.problems())
                .extracting(Problem::toString)
                .containsExactly("ci-notify.yaml:39: \"suport\" is not an area; did you mean \"support\"?");
        assertThat(log.lines)
                .containsExactly(
                        "settings refused, the last good ones stay: ci-notify.yaml:39: \"suport\" is not an area; did you mean \"support\"?");

        files.replace("ci-notify.yaml", "area: suport", "area: operations");
        live.refresh();

        assertThat(live.problems()).isEmpty();
        assertThat(live.get().file().routing().fallback().area()).isEqualTo("operations");
        assertThat(log.lines).last().isEqualTo("the settings have been read again");
    }

    @Test
    void anotherSlipIsToldAnew() throws Exception {
        SettingsFolder files = SettingsFolder.in(folder.resolve("config"));
        LiveSettings live = live(files.path());

        files.replace("ci-notify.yaml", "hosts:", "host:");
        live.refresh();
        files.replace("ci-notify.yaml", "buckets:", "bucket:");
        live.refresh();

        assertThat(live.problems()).hasSize(4);
        assertThat(log.lines).as("each problem once").hasSize(4);
    }

    @Test
    void nothingIsReadWhereNothingHasChanged() throws Exception {
        LiveSettings live = live(SettingsFolder.in(folder.resolve("config")).path());
        Settings first = live.get();

        live.refresh();

        assertThat(live.get()).isSameAs(first);
        assertThat(log.lines).isEmpty();
    }

    @Test
    void theTurnOfAMountedConfigMapIsNoticed() throws Exception {
        MountedFolder mount = mount();
        LiveSettings live = live(mount.path());
        assertThat(levelOfBo(live)).isEqualTo(Level.BACKUP);

        mount.turn(
                "group.md",
                mount.text("group.md")
                        .replace(
                                "| Mon-Fri | GMT+2 | Backup  | Primary   |",
                                "| Sun-Thu | GMT+2 | Primary | Primary   |"));
        live.refresh();

        assertThat(levelOfBo(live)).isEqualTo(Level.PRIMARY);
        assertThat(log.lines).last().isEqualTo("the settings have been read again");
        assertThat(live.reloads()).isEqualTo(new LiveSettings.Reloads(1, 0, Instant.EPOCH));
    }

    @Test
    void filesThatAreGoneForAMomentAreNoReasonToForget() throws Exception {
        MountedFolder mount = mount();
        LiveSettings live = live(mount.path());
        Settings first = live.get();
        String text = mount.text("ci-notify.yaml");

        mount.turn("ci-notify.yaml", null);
        live.refresh();
        assertThat(live.get()).isSameAs(first);
        assertThat(live.problems()).isNotEmpty();
        assertThat(live.reloads()).isEqualTo(new LiveSettings.Reloads(0, 1, Instant.EPOCH));

        mount.turn("ci-notify.yaml", text);
        live.refresh();
        assertThat(live.problems()).isEmpty();
    }

    @Test
    void aBrokenTemplateKeepsEverythingThatCameWithItOut() throws Exception {
        SettingsFolder files = SettingsFolder.in(folder.resolve("config"));
        LiveSettings live = live(files.path());
        Settings first = live.get();
        Path template = Files.createDirectories(files.path().resolve("templates/github"))
                .resolve("opened.md");

        Files.writeString(template, "first\n{titel}\n");
        files.replace("ci-notify.yaml", "sig: compute, area: support", "sig: compute, area: operations");
        live.refresh();

        assertThat(live.get()).as("the last good version").isSameAs(first);
        assertThat(live.problems()).singleElement().asString().startsWith("templates/github/opened.md:2: ");
        assertThat(live.reloads()).isEqualTo(new LiveSettings.Reloads(0, 1, Instant.EPOCH));

        Files.writeString(template, "{title}\n");
        live.refresh();

        assertThat(live.problems()).isEmpty();
        assertThat(live.get().templates()).isNotSameAs(first.templates());
        assertThat(live.get().file().routing().fallback().area()).isEqualTo("operations");
        assertThat(live.reloads()).isEqualTo(new LiveSettings.Reloads(1, 1, Instant.EPOCH));
    }

    @Test
    void goodTemplatesWaitForTheSettingsThatCameWithThem() throws Exception {
        SettingsFolder files = SettingsFolder.in(folder.resolve("config"));
        LiveSettings live = live(files.path());
        Settings first = live.get();

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
        LiveSettings live = new LiveSettings(
                new SettingsLoader(SettingsFolder.in(folder.resolve("config")).path(), jobs), () -> Instant.EPOCH);
        assertThat(live.tolerated()).extracting(Problem::file).containsExactly("old.yaml");

        Files.writeString(jobs.resolve("new.yaml"), "periodics: [{cron: x}]\n");
        live.refresh();
        assertThat(live.problems()).extracting(Problem::file).containsExactly("new.yaml");

        Files.writeString(jobs.resolve("new.yaml"), "periodics: [{name: nightly, cron: '@daily', interval: ''}]\n");
        Files.writeString(jobs.resolve("old.yaml"), "\nperiodics: {}\n");
        live.refresh();
        assertThat(live.problems()).isEmpty();
        assertThat(live.get().jobs().byName("nightly")).isPresent();
        assertThat(live.tolerated())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith("old.yaml:2: ");
    }

    @Test
    void withoutAGoodBeginningThereIsNone() {
        assertThatThrownBy(() -> live(folder.resolve("nowhere"))).isInstanceOf(InvalidDocument.class);
    }

    private static @Nullable Level levelOfBo(LiveSettings live) {
        return live.get().document().members().get(1).levels().get("operations");
    }

    private static LiveSettings live(Path folder) throws InvalidDocument {
        return new LiveSettings(new SettingsLoader(folder, null), () -> Instant.EPOCH);
    }

    private MountedFolder mount() throws IOException {
        return MountedFolder.of(SettingsFolder.in(folder.resolve("source")).path(), folder.resolve("mount"));
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
