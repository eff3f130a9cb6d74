// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.kubevirt.cinotify.cli.CommandLineOptions;
import io.kubevirt.cinotify.prow.GoDuration;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What kustomize makes of the manifests is what a cluster gets. */
@Timeout(300)
class ManifestsTest {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path OVERLAYS = Path.of("manifests", "overlays");

    /** By overlay. */
    private static final Map<String, List<JsonNode>> RENDERED = new HashMap<>();

    @BeforeAll
    static void thereIsKustomize() {
        assumeTrue(
                succeeds("kubectl", "version", "--client"),
                "manifests are not rendered here: there is no kubectl (install it to run these tests)");
    }

    @Test
    void theOverlayOfKubeVirtUsesTheNamespacesOfItsControlPlane() throws Exception {
        assertThat(render("kubevirt").stream().map(ManifestsTest::name))
                .containsExactlyInAnyOrder(
                        "kubevirt-prow ConfigMap ci-notify-config",
                        "kubevirt-prow ConfigMap ci-notify-dashboard",
                        "kubevirt-prow Deployment ci-notify",
                        "kubevirt-prow NetworkPolicy ci-notify",
                        "kubevirt-prow PersistentVolumeClaim ci-notify",
                        "kubevirt-prow PodDisruptionBudget ci-notify",
                        "kubevirt-prow PrometheusRule ci-notify",
                        "kubevirt-prow Service ci-notify",
                        "kubevirt-prow ServiceAccount ci-notify",
                        "kubevirt-prow ServiceMonitor ci-notify",
                        "kubevirt-prow-jobs Role ci-notify",
                        "kubevirt-prow-jobs RoleBinding ci-notify");
    }

    @Test
    void theRoleAllowsOnlyReadingProwJobs() throws Exception {
        List<JsonNode> all = render("kubevirt");
        JsonNode role = only(all, "Role");
        assertThat(role.at("/rules").toString())
                .isEqualTo(
                        "[{\"apiGroups\":[\"prow.k8s.io\"],\"resources\":[\"prowjobs\"],\"verbs\":[\"get\",\"list\",\"watch\"]}]");
        assertThat(only(all, "RoleBinding").at("/subjects").toString())
                .isEqualTo("[{\"kind\":\"ServiceAccount\",\"name\":\"ci-notify\",\"namespace\":\"kubevirt-prow\"}]");
        assertThat(all).noneMatch(thing -> thing.path("kind").asText().startsWith("Cluster"));
    }

    @Test
    void theConfigMapHoldsTheConfigurationOfTheRepository() throws Exception {
        JsonNode data = all("kubevirt", "ConfigMap")
                .filter(map -> map.at("/metadata/name").asText().equals("ci-notify-config"))
                .findFirst()
                .orElseThrow()
                .path("data");
        assertThat(fields(data))
                .containsExactly("OWNERS_ALIASES", "ci-notify.yaml", "ci-operations-group.md", "sigs.yaml");
        for (String file : fields(data)) {
            assertThat(data.path(file).asText()).as(file).isEqualTo(Files.readString(Path.of("config", file)));
        }
    }

    @Test
    void secretsAndConfigMapsAreMountedWhereTheProgramLooks() throws Exception {
        JsonNode pod = pod("kubevirt");
        JsonNode container = pod.at("/containers/0");
        List<String> mounts = new ArrayList<>();
        container.path("volumeMounts").forEach(mount -> {
            assertThat(mount.has("subPath")).as("a subPath is never updated").isFalse();
            mounts.add(mount.path("mountPath").asText() + " "
                    + source(pod, mount.path("name").asText()));
        });
        assertThat(mounts)
                .containsExactlyInAnyOrder(
                        "/etc/ci-notify configMap ci-notify-config",
                        "/etc/job-config configMap job-config",
                        "/etc/prow-config configMap config",
                        "/etc/webhook secret hmac-token",
                        "/etc/github secret github-token",
                        "/etc/slack secret slack-token",
                        "/var/lib/ci-notify persistentVolumeClaim ci-notify",
                        "/tmp emptyDir ");
        assertThat(texts(container.path("args")))
                .contains(
                        "--config=/etc/ci-notify",
                        "--job-config-path=/etc/job-config",
                        "--config-file=/etc/prow-config",
                        "--hmac-secret-file=/etc/webhook/hmac",
                        "--data-dir=/var/lib/ci-notify",
                        "--github-app-private-key-path=/etc/github/cert",
                        "--slack-token-file=/etc/slack/token")
                .containsSubsequence("--github-endpoint=http://ghproxy", "--github-endpoint=https://api.github.com");
        assertThat(environment(container)).contains(Map.entry("PROWJOB_NAMESPACE", "kubevirt-prow-jobs"));
        assertThat(YAML.readTree(Files.readString(Path.of("config/ci-notify.yaml")))
                        .at("/slack/channel")
                        .asText())
                .as("serve does not start with a token for Slack and no channel")
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubevirt", "example", "replicas"})
    void thePodRunsRestricted(String overlay) throws Exception {
        JsonNode pod = pod(overlay);
        JsonNode container = pod.at("/containers/0");
        assertThat(container.path("securityContext").toString())
                .isEqualTo(
                        "{\"allowPrivilegeEscalation\":false,\"capabilities\":{\"drop\":[\"ALL\"]},"
                                + "\"readOnlyRootFilesystem\":true,\"runAsNonRoot\":true,\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}");
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext").has("runAsUser")).isFalse();
        assertThat(pod.at("/securityContext").has("fsGroup"))
                .as("OpenShift gives a group of its own")
                .isEqualTo(!overlay.equals("kubevirt"));
        assertThat(container.at("/resources/limits").has("memory")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubevirt", "example", "replicas"})
    void portsProbesAndGraceFitTogether(String overlay) throws Exception {
        JsonNode pod = pod(overlay);
        JsonNode container = pod.at("/containers/0");
        assertThat(container.path("ports").toString())
                .isEqualTo(
                        "[{\"containerPort\":9900,\"name\":\"http\"},{\"containerPort\":8081,\"name\":\"metrics\"}]");
        assertThat(all(overlay, "Service")
                        .findFirst()
                        .orElseThrow()
                        .at("/spec/ports")
                        .toString())
                .isEqualTo("[{\"name\":\"http\",\"port\":9900,\"targetPort\":\"http\"},"
                        + "{\"name\":\"metrics\",\"port\":8081,\"targetPort\":\"metrics\"}]");
        assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/healthz/ready");
        assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/healthz");
        assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/healthz");
        Duration grace = texts(container.path("args")).stream()
                .filter(argument -> argument.startsWith("--grace-period="))
                .flatMap(argument -> GoDuration.parse(argument.substring("--grace-period=".length())).stream())
                .findFirst()
                .orElseThrow();
        assertThat(grace.plusSeconds(10))
                .isLessThanOrEqualTo(Duration.ofSeconds(
                        pod.path("terminationGracePeriodSeconds").asLong()));
    }

    @Test
    void oneReplicaHasAVolumeAndSeveralHaveADatabase() throws Exception {
        assertThat(deployment("kubevirt").at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(deployment("kubevirt").at("/spec/strategy/type").asText()).isEqualTo("Recreate");

        JsonNode several = deployment("replicas");
        assertThat(several.at("/spec/replicas").asInt()).isEqualTo(2);
        assertThat(several.at("/spec/strategy").toString())
                .isEqualTo("{\"rollingUpdate\":{\"maxSurge\":1,\"maxUnavailable\":0},\"type\":\"RollingUpdate\"}");
        assertThat(source(several.at("/spec/template/spec"), "data")).isEqualTo("emptyDir ");
        assertThat(several.at("/spec/template/spec/containers/0/env").toString())
                .contains(
                        "{\"name\":\"CI_NOTIFY_DATABASE_URL\",\"valueFrom\":{\"secretKeyRef\":{\"key\":\"url\",\"name\":\"ci-notify-database\"}}}");
        assertThat(several.at("/spec/template/spec/containers/0/env").toString())
                .as("the password is a file")
                .contains("{\"name\":\"CI_NOTIFY_DATABASE_PASSWORD_FILE\",\"value\":\"/etc/database/password\"}");
        assertThat(source(several.at("/spec/template/spec"), "database")).isEqualTo("secret ci-notify-database");
        assertThat(all("replicas", "PersistentVolumeClaim")).isEmpty();
    }

    @Test
    void everyArgumentIsAnOptionOfTheProgram() throws Exception {
        for (String overlay : List.of("kubevirt", "example", "replicas")) {
            List<String> arguments = texts(pod(overlay).at("/containers/0/args"));
            assertThat(arguments.getFirst()).isEqualTo("serve");
            assertThat(CommandLineOptions.ofServe())
                    .containsAll(arguments.stream()
                            .skip(1)
                            .map(argument -> argument.split("=")[0])
                            .toList());
        }
    }

    @Test
    void theProwSnippetsNameServiceAndConfigMap() throws Exception {
        JsonNode plugins = YAML.readTree(Files.readString(OVERLAYS.resolve("kubevirt/prow/plugins.yaml")));
        assertThat(plugins.at("/external_plugins/kubevirt/0/name").asText()).isEqualTo("ci-notify");
        assertThat(plugins.at("/external_plugins/kubevirt/0/endpoint").asText()).isEqualTo("http://ci-notify:9900");
        assertThat(texts(plugins.at("/external_plugins/kubevirt/0/events")))
                .containsExactly(
                        "status",
                        "issue_comment",
                        "issues",
                        "pull_request",
                        "pull_request_review",
                        "pull_request_review_comment");
        JsonNode maps = plugins.at("/config_updater/maps");
        assertThat(fields(maps).stream().map(path -> Path.of(path).getFileName().toString()))
                .containsExactlyInAnyOrder("OWNERS_ALIASES", "ci-notify.yaml", "ci-operations-group.md", "sigs.yaml");
        maps.forEach(map -> assertThat(map.toString())
                .isEqualTo("{\"name\":\"ci-notify-config\",\"clusters\":{\"default\":[\"kubevirt-prow\"]}}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubevirt", "example", "replicas"})
    void onlyHookMayPostAndOnlyPrometheusMayScrape(String overlay) throws Exception {
        JsonNode policy = only(render(overlay), "NetworkPolicy").path("spec");
        assertThat(texts(policy.path("policyTypes"))).containsExactly("Ingress", "Egress");
        assertThat(policy.at("/ingress/0").toString())
                .isEqualTo(
                        "{\"from\":[{\"podSelector\":{\"matchLabels\":{\"app\":\"hook\"}}}],\"ports\":[{\"port\":\"http\"}]}");
        assertThat(policy.at("/ingress/1/ports").toString()).isEqualTo("[{\"port\":\"metrics\"}]");
        assertThat(policy.at("/ingress/1/from/0").toString())
                .isEqualTo("{\"podSelector\":{\"matchLabels\":{\"app.kubernetes.io/name\":\"prometheus\"}}}");
        assertThat(texts(policy.at("/ingress/1/from/1/namespaceSelector/matchExpressions/0/values")))
                .contains("monitoring", "openshift-monitoring", "openshift-user-workload-monitoring");
        assertThat(policy.path("ingress")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"kubevirt, '53 443 2040 5353 6443'", "example, '53 443 5353 6443'", "replicas, '53 443 5353 5432 6443'"
    })
    void egressIsLimitedToWhatThePodNeeds(String overlay, String ports) throws Exception {
        JsonNode egress = only(render(overlay), "NetworkPolicy").at("/spec/egress");
        TreeSet<Integer> open = new TreeSet<>();
        egress.findValues("port").forEach(port -> open.add(port.asInt()));
        assertThat(open)
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(ports.split(" ")).map(Integer::valueOf).toList());
        assertThat(egress.findValues("to").getLast().toString())
                .as("a Service's port is not its pod's, which counts here")
                .isEqualTo("[{\"podSelector\":{\"matchLabels\":{\"app\":\"ghproxy\"}}}]");
        assertThat(egress.findValues("ipBlock"))
                .as("the addresses of nodes and of their metadata are not public")
                .filteredOn(block -> block.path("cidr").asText().equals("0.0.0.0/0"))
                .allSatisfy(block -> assertThat(block.path("except").toString())
                        .contains("10.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"))
                .isNotEmpty();
        assertThat(egress).filteredOn(rule -> !rule.has("to")).allSatisfy(rule -> assertThat(rule.findValues("port"))
                .extracting(JsonNode::asInt)
                .as("any address")
                .isSubsetOf(2040, 5432));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubevirt", "example", "replicas"})
    void selectorsFindThePodAndTheService(String overlay) throws Exception {
        List<JsonNode> all = render(overlay);
        JsonNode labels = only(all, "Deployment").at("/spec/template/metadata/labels");
        for (JsonNode selector : List.of(
                only(all, "Deployment").at("/spec/selector/matchLabels"),
                only(all, "Service").at("/spec/selector"),
                only(all, "NetworkPolicy").at("/spec/podSelector/matchLabels"),
                only(all, "PodDisruptionBudget").at("/spec/selector/matchLabels"))) {
            assertThat(selector.properties()).isNotEmpty().isSubsetOf(labels.properties());
        }
        assertThat(only(all, "PodDisruptionBudget")
                        .path("spec")
                        .path("maxUnavailable")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void prometheusFindsTheServiceAndItsPort() throws Exception {
        List<JsonNode> all = render("kubevirt");
        JsonNode monitor = only(all, "ServiceMonitor").path("spec");
        JsonNode service = only(all, "Service");
        assertThat(monitor.at("/selector/matchLabels").properties())
                .isNotEmpty()
                .isSubsetOf(service.at("/metadata/labels").properties());
        assertThat(service.at("/spec/ports").findValuesAsText("name"))
                .contains(monitor.at("/endpoints/0/port").asText());
        assertThat(only(all, "PrometheusRule").toString())
                .as("Prometheus calls a job as its Service")
                .contains("up{job=\\\"" + service.at("/metadata/name").asText() + "\\\"}");
    }

    /** A Service of this name would come into the pod as CI_NOTIFY_PORT=tcp://…, and into the options. */
    @ParameterizedTest
    @ValueSource(strings = {"kubevirt", "example", "replicas"})
    void serviceVariablesAreDisabled(String overlay) throws Exception {
        assertThat(pod(overlay).path("enableServiceLinks").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubevirt", "example", "replicas"})
    void anImageIsNamedWithDateAndCommit(String overlay) throws Exception {
        assertThat(pod(overlay).at("/containers/0/image").asText()).matches(".+/ci-notify:v[0-9]{12}-[0-9a-f]{7}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kubevirt", "example", "replicas"})
    void everyVolumeIsMountedAndEveryMountHasItsVolume(String overlay) throws Exception {
        JsonNode pod = pod(overlay);
        assertThat(pod.at("/containers/0/volumeMounts").findValuesAsText("name"))
                .containsExactlyInAnyOrderElementsOf(
                        StreamSupport.stream(pod.path("volumes").spliterator(), false)
                                .map(volume -> volume.path("name").asText())
                                .toList());
        assertThat(pod.path("volumes"))
                .allSatisfy(volume ->
                        assertThat(fields(volume)).as("a volume is of one kind").hasSize(2));
    }

    @Test
    void aStuckBackupDoesNotPreventLaterOnes() throws Exception {
        JsonNode backup = YAML.readTree(
                Path.of("manifests", "components", "backup", "cronjob.yaml").toFile());
        assertThat(backup.at("/spec/concurrencyPolicy").asText()).isEqualTo("Forbid");
        assertThat(backup.at("/spec/jobTemplate/spec/activeDeadlineSeconds").asInt())
                .isEqualTo(3_600);
    }

    @Test
    void theDashboardIsValid() throws Exception {
        JsonNode dashboard =
                new ObjectMapper().readTree(Files.readString(Path.of("manifests/monitoring/dashboard.json")));
        assertThat(dashboard.path("panels").findValuesAsText("title"))
                .contains("Is it well?", "What is open?", "Who answers?");
        assertThat(dashboard.findValuesAsText("url")).contains("${board}/", "${board}/roster");
        assertThat(dashboard.path("panels")).hasSizeGreaterThan(8).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            if (panel.path("type").asText().equals("row")) {
                return;
            }
            assertThat(panel.path("description").asText()).isNotBlank();
            assertThat(panel.at("/targets/0/expr").asText()).isNotBlank();
        });
    }

    @Test
    void theBoardIsReachedOnlyThroughItsOwnPort() throws Exception {
        List<JsonNode> all = render("board");
        JsonNode policy = named(all, "NetworkPolicy", "ci-notify-board").path("spec");
        assertThat(policy.at("/ingress/0/ports").toString()).isEqualTo("[{\"port\":\"board\"}]");
        JsonNode container = named(all, "Deployment", "ci-notify").at("/spec/template/spec/containers/0");
        assertThat(container.path("ports").toString()).contains("{\"containerPort\":9980,\"name\":\"board\"}");
        assertThat(environment(container))
                .contains(
                        Map.entry("CI_NOTIFY_BOARD_HOST", "0.0.0.0"),
                        Map.entry("CI_NOTIFY_BOARD_URL", "https://ci-notify.example.org"),
                        Map.entry("CI_NOTIFY_BOARD_PROXY_SECRET_FILE", "/etc/board/proxy-secret"));
        JsonNode proxy = named(all, "Deployment", "ci-notify-sign-in").at("/spec/template");
        assertThat(proxy.at("/metadata/labels/app").asText())
                .as("the policy lets it in")
                .isEqualTo(policy.at("/ingress/0/from/0/podSelector/matchLabels/app")
                        .asText());
        assertThat(proxy.at("/spec/containers/0/image").asText())
                .as("7.5.0 to 7.15.1 can be bypassed")
                .matches(".*:v7\\.15\\.[3-9]");
    }

    @Test
    void theBoardSignsPeopleInWithoutAProxy() throws Exception {
        JsonNode pod = named(render("board-github"), "Deployment", "ci-notify").at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        assertThat(environment(container))
                .contains(
                        Map.entry("CI_NOTIFY_BOARD_URL", "https://ci-notify.example.org"),
                        Map.entry("CI_NOTIFY_BOARD_OAUTH_FILE", "/etc/board/oauth.yaml"),
                        Map.entry("CI_NOTIFY_BOARD_COOKIE_SECRET_FILE", "/etc/board/cookie-secret"));
        assertThat(container.path("volumeMounts").toString()).contains("\"mountPath\":\"/etc/board\"");
        assertThat(pod.path("volumes").toString()).contains("\"secretName\":\"ci-notify-board\"");
    }

    private static JsonNode named(List<JsonNode> things, String kind, String name) {
        return things.stream()
                .filter(thing -> thing.path("kind").asText().equals(kind))
                .filter(thing -> thing.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<JsonNode> render(String overlay) throws IOException {
        List<JsonNode> things = RENDERED.get(overlay);
        if (things == null) {
            things = List.copyOf(kustomize(overlay));
            RENDERED.put(overlay, things);
        }
        return things;
    }

    private static List<JsonNode> kustomize(String overlay) throws IOException {
        Process process = new ProcessBuilder(
                        "kubectl", "kustomize", OVERLAYS.resolve(overlay).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream output = process.getInputStream()) {
            List<JsonNode> things =
                    YAML.readerFor(JsonNode.class).<JsonNode>readValues(output).readAll();
            assertThat(process.onExit().join().exitValue()).isZero();
            return things;
        }
    }

    private static Stream<JsonNode> all(String overlay, String kind) throws IOException {
        return render(overlay).stream()
                .filter(thing -> thing.path("kind").asText().equals(kind));
    }

    private static JsonNode only(List<JsonNode> things, String kind) {
        List<JsonNode> found = things.stream()
                .filter(thing -> thing.path("kind").asText().equals(kind))
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private static JsonNode deployment(String overlay) throws IOException {
        return only(render(overlay), "Deployment");
    }

    private static JsonNode pod(String overlay) throws IOException {
        return deployment(overlay).at("/spec/template/spec");
    }

    private static String name(JsonNode thing) {
        return thing.at("/metadata/namespace").asText() + " "
                + thing.path("kind").asText() + " " + thing.at("/metadata/name").asText();
    }

    /** What kind of volume it is, and its name in the cluster. */
    private static String source(JsonNode pod, String volume) {
        JsonNode found = StreamSupport.stream(pod.path("volumes").spliterator(), false)
                .filter(candidate -> candidate.path("name").asText().equals(volume))
                .findFirst()
                .orElseThrow();
        String kind = fields(found).stream()
                .filter(field -> !field.equals("name"))
                .findFirst()
                .orElseThrow();
        JsonNode source = found.path(kind);
        return kind + " "
                + Stream.of("name", "secretName", "claimName")
                        .map(key -> source.path(key).asText())
                        .filter(name -> !name.isEmpty())
                        .findFirst()
                        .orElse("");
    }

    private static Map<String, String> environment(JsonNode container) {
        return StreamSupport.stream(container.path("env").spliterator(), false)
                .filter(variable -> variable.has("value"))
                .collect(Collectors.toMap(variable -> variable.path("name").asText(), variable -> variable.path("value")
                        .asText()));
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static TreeSet<String> fields(JsonNode node) {
        TreeSet<String> names = new TreeSet<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static boolean succeeds(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }
}
