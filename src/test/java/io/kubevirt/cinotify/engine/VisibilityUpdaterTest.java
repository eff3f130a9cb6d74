// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.engine;

import static io.kubevirt.cinotify.fixture.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kubevirt.cinotify.config.ConfigAgent;
import io.kubevirt.cinotify.config.ConfigLoader;
import io.kubevirt.cinotify.fixture.Examples;
import io.kubevirt.cinotify.fixture.StatusPayload;
import io.kubevirt.cinotify.fixture.TestStore;
import io.kubevirt.cinotify.incident.IncidentView;
import io.kubevirt.cinotify.notify.Channels;
import io.kubevirt.cinotify.notify.console.ConsoleChannel;
import io.kubevirt.cinotify.source.ProwJobSummary;
import io.kubevirt.cinotify.store.JournalEntry;
import io.kubevirt.cinotify.yaml.InvalidConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What is stored already follows the settings; what is private stays so. */
@ParameterizedClass
@EnumSource(TestStore.Kind.class)
class VisibilityUpdaterTest {

    private static final String JOB = "pull-kubevirt-e2e-k8s-1.36-sig-network";

    @TempDir
    private static Path configs;

    private static ConfigAgent none;
    private static ConfigAgent publicOrg;
    private static ConfigAgent privateRepository;

    @Parameter
    private TestStore.Kind kind;

    @TempDir
    private Path folder;

    private TestStore database;
    private IncidentService service;
    private DeliveryProcessor deliveries;
    private Instant now = NOON;

    @BeforeAll
    static void load() throws IOException, InvalidConfigException {
        none = settings("none", "{}");
        publicOrg = settings("public", "{kubevirt: public}");
        privateRepository = settings("private", "{kubevirt: public, kubevirt/kubevirt: private}");
    }

    private static ConfigAgent settings(String name, String visibility) throws IOException, InvalidConfigException {
        Path config = Files.createDirectories(configs.resolve(name));
        for (String file : List.of("ci-notify.yaml", "ci-operations-group.md", "sigs.yaml", "OWNERS_ALIASES")) {
            Files.write(config.resolve(file), Files.readAllBytes(Path.of("config", file)));
        }
        Path file = config.resolve("ci-notify.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "\nvisibility:\n  kubevirt: public\n  \"*\": public\n",
                                "\nvisibility: " + visibility + "\n"));
        return new ConfigAgent(new ConfigLoader(config, null), () -> NOON);
    }

    @BeforeEach
    void open() {
        database = kind.in(folder);
        Channels channels = new Channels(List.of(new ConsoleChannel(new ByteArrayOutputStream())));
        service = new IncidentService(database.store(), none, channels, () -> now);
        deliveries = new DeliveryProcessor(database.store(), none, service, () -> now);
    }

    @Test
    void theSettingsApplyToWhatIsStored() throws IOException {
        incident();
        update(none);
        assertEachIs("unknown");

        update(publicOrg);
        assertEachIs("public");
    }

    @Test
    void whatTheSettingsMakePrivateStaysPrivate() throws IOException {
        incident();
        update(publicOrg);
        update(privateRepository);
        assertEachIs("private");

        update(publicOrg);
        assertEachIs("private");
    }

    @Test
    void onePrivateRunKeepsAnIncidentPrivate() throws IOException {
        prowJob("hidden", true);
        incident();
        update(publicOrg);

        assertThat(visibilities("SELECT id AS name, visibility FROM incident")).containsValue("private");
    }

    @Test
    void aJobThatIsNoLongerHiddenIsNotPrivateForEver() throws IOException {
        prowJob("hidden", true);
        webhook(1);
        prowJob("visible", false);
        webhook(2);
        update(publicOrg);

        assertThat(visibilities("SELECT build_id AS name, visibility FROM run"))
                .as("a run of the hidden job stays private")
                .containsEntry("1", "private")
                .containsEntry("2", "public");
    }

    /** Its title is all that is stored of what it is about. */
    @Test
    void aMissingBumpWhoseClassHasLeftTheSettingsDoesNotBecomePublic() {
        database.store().inTransaction(transaction -> {
            transaction.incidents().save(missingBump("gone", "class-of-old-settings"), null, now);
            transaction.incidents().save(missingBump("known", "prow-bump"), null, now);
            return true;
        });

        update(publicOrg);

        assertThat(visibilities("SELECT id AS name, visibility FROM incident"))
                .isEqualTo(Map.of("gone", "unknown", "known", "public"));
    }

    private static IncidentView missingBump(String id, String bumpClass) {
        ObjectMapper json = new ObjectMapper().findAndRegisterModules();
        ObjectNode document = json.valueToTree(Examples.incident(id, NOON));
        document.put("kind", "bump").put("title", bumpClass + ": no bump was opened");
        document.putArray("lanes");
        return json.convertValue(document, IncidentView.class);
    }

    private void update(ConfigAgent settings) {
        new VisibilityUpdater(database.store(), settings, service, () -> now).update();
    }

    /** An incident of three runs with a message. */
    private void incident() throws IOException {
        for (int pull = 1; pull <= 3; pull++) {
            webhook(pull);
        }
        now = now.plus(Duration.ofMinutes(11));
        service.tick();
    }

    private void webhook(int pull) throws IOException {
        ObjectNode event = StatusPayload.failure()
                .job(JOB)
                .build(pull)
                .pull(pull)
                .ended(now)
                .event();
        ((ObjectNode) event.get("repository")).remove("private");
        receive("failure of " + pull, "status", new ObjectMapper().writeValueAsBytes(event));
    }

    private void prowJob(String name, boolean hidden) {
        String body = """
            {"metadata": {"name": "%s"}, "spec": {"type": "presubmit", "job": "%s", "hidden": %s,
              "refs": {"org": "kubevirt", "repo": "kubevirt", "pulls": [{"number": 9}]}}, "status": {"state": "triggered"}}
            """.formatted(name, JOB, hidden);
        receive(name, ProwJobSummary.EVENT, body.getBytes(StandardCharsets.UTF_8));
    }

    private void receive(String id, String event, byte[] body) {
        database.store()
                .inTransaction(
                        transaction -> transaction.deliveries().insert(new JournalEntry(id, event, now, body, 0)));
        deliveries.processAll();
    }

    private void assertEachIs(String visibility) {
        assertThat(visibilities("SELECT build_id AS name, visibility FROM run"))
                .isEqualTo(Map.of("1", visibility, "2", visibility, "3", visibility));
        assertThat(visibilities("SELECT 'incident' AS name, visibility FROM incident"))
                .isEqualTo(Map.of("incident", visibility));
        assertThat(visibilities("SELECT kind AS name, visibility FROM message"))
                .isEqualTo(Map.of("opened", visibility));
    }

    private Map<Object, Object> visibilities(String sql) {
        return database.outcomes().query(sql).stream()
                .collect(Collectors.toMap(row -> row.get("name"), row -> row.get("visibility")));
    }
}
