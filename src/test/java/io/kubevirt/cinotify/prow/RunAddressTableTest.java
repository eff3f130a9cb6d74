// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.kubevirt.cinotify.prow.RunUrl.RepositoryReading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses that Prow's own packages wrote (addresses.tsv): each is written the same, and read back. */
class RunAddressTableTest {
    /** Of undecorated jobs by KubeVirt's template: read, although the table reads the directory in them as none. */
    private static final Set<String> TEMPLATES = Set.of("kv-tmpl-post", "kv-tmpl-batch");

    record Row(Map<String, String> cells) {
        String get(String column) {
            return cells.getOrDefault(column, "");
        }

        ProwSettings settings() {
            ObjectNode config = JsonNodeFactory.instance.objectNode();
            ObjectNode plank = config.putObject("plank");
            plank.put("jobURLPrefixDisableAppendStorageProvider", get("disable_append").equals("true"));
            plank.putRawValue(
                    "job_url_prefix_config", new RawValue(prefixConfig()));
            ObjectNode gcs = plank.putArray("default_decoration_config_entries")
                    .addObject()
                    .putObject("config")
                    .putObject("gcs_configuration");
            gcs.put("bucket", get("bucket_setting")).put("path_strategy", get("path_strategy"));
            gcs.put("default_org", get("default_org")).put("default_repo", get("default_repo"));
            gcs.put("path_prefix", get("path_prefix")).put("job_url_prefix", get("gcs_job_url_prefix"));
            ProwSettings settings =
                    ProwSettingsReader.read("config.yaml", config.toString().getBytes(StandardCharsets.UTF_8));
            assertThat(settings.problems()).isEmpty();
            return settings;
        }

        private String prefixConfig() {
            return get("job_url_prefix_config").isEmpty() ? "{}" : get("job_url_prefix_config");
        }

        JobRun run() {
            String extra = get("extra_refs").split(",")[0];
            Repository repository = get("org").isEmpty()
                    ? Repository.parse(extra).orElse(null)
                    : new Repository(get("org"), get("repo"));
            return JobRun.builder(get("job"), JobType.named(get("job_type")).orElseThrow(), JobState.FAILURE)
                    .repository(repository)
                    .pulls(Stream.of(get("pulls").split(","))
                            .filter(pull -> !pull.isEmpty())
                            .map(pull -> Pull.numbered(Integer.parseInt(pull)))
                            .toList())
                    .build(get("build"), null)
                    .build();
        }

        @Override
        public String toString() {
            return get("case");
        }
    }

    static List<Row> rows() throws IOException {
        List<String[]> lines = Files.readAllLines(Path.of("src/test/resources/addresses/addresses.tsv")).stream()
                .map(line -> line.split("\t", -1))
                .toList();
        assertThat(lines).hasSize(156);
        return lines.stream()
                .skip(1)
                .map(line -> {
                    Map<String, String> cells = new HashMap<>();
                    for (int column = 0; column < line.length; column++) {
                        cells.put(lines.getFirst()[column], line[column]);
                    }
                    return new Row(cells);
                })
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anAddressIsWrittenAsProwWritesIt(Row row) {
        ProwSettings settings = row.settings();
        JobRun run = row.run();
        GcsConfiguration gcs = settings.storage(run);
        if (row.get("build").isEmpty()) {
            assertThat(gcs.directory(run)).as("without a build id it is no run").isEmpty();
            return;
        }
        RunDirectory directory = gcs.directory(run).orElseThrow();

        Bucket bucket = Bucket.parse(row.get("bucket_setting"));
        assertThat(directory).hasToString(bucket + "/" + row.get("upload_dir"));
        if (row.get("decorated").equals("true")) {
            assertThat(settings.pages().page(gcs, run.repository(), directory).orElse(""))
                    .isEqualTo(row.get("job_url"));
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anAddressIsReadBack(Row row) {
        RunUrlParseResult result = reader(row).read(row.get("job_url"));
        if (TEMPLATES.contains(row.toString())) {
            assertThat(result.found().orElseThrow().directory()).hasToString("gs://kubevirt-prow/" + row.get("upload_dir"));
            return;
        }
        if (row.get("job_url").isEmpty() || row.get("back_note").startsWith("odd")) {
            assertThat(result).isInstanceOf(RunUrlParseResult.Rejected.class);
            return;
        }
        RunUrl url = result.found().orElseThrow();

        assertThat(url.directory())
                .hasToString(row.get("back_provider") + "://" + row.get("back_bucket") + "/" + row.get("back_dir"));
        assertThat(String.valueOf(url.type()).toLowerCase(Locale.ROOT).replace("null", "periodic|postsubmit")).isEqualTo(row.get("back_type"));
        assertThat(url.repository() == null ? "/" : url.repository().fullName())
                .isEqualTo(row.get("back_org") + "/" + row.get("back_repo"));
        assertThat(url.pull() == null ? "" : url.pull().toString()).isEqualTo(row.get("back_pull"));
        assertThat(url.job() + " " + url.buildId()).isEqualTo(row.get("back_job") + " " + row.get("back_build"));
        if (row.get("back_equals_input").equals("no")) {
            assertThat(url.reading()).isEqualTo(RepositoryReading.AMBIGUOUS);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aStatusWithTheAddressIsARun(Row row) {
        JobRun expected = row.run();
        boolean onGitHub = expected.repository() != null && RunUrl.isPlain(expected.repository());
        assumeTrue(onGitHub && !row.get("job_url").isEmpty() && !row.get("build").isEmpty(), "GitHub has a status");
        assumeFalse(expected.type() == JobType.BATCH || expected.type() == JobType.PERIODIC, "without statuses");
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        status.put("sha", "6dcb09b5b57875f334f61aebed695e2e4193db5e").put("state", "failure");
        status.put("context", "unit").put("description", "Job failed.").put("target_url", row.get("job_url"));
        status.putObject("repository").put("full_name", expected.repository().fullName());

        assertThat(new StatusEventReader(reader(row)).read(status))
                .isInstanceOfSatisfying(RunParseResult.Run.class, read -> {
                    assertThat(read.run().lane()).isEqualTo(expected.lane());
                    assertThat(read.run().type()).isEqualTo(expected.type());
                    assertThat(read.run().buildId()).isEqualTo(expected.buildId());
                    assertThat(read.run().url()).isEqualTo(row.get("job_url"));
                });
    }

    private static RunUrlReader reader(Row row) {
        return new RunUrlReader(TrustedHosts.of(List.of(), List.of()), row.settings());
    }
}
