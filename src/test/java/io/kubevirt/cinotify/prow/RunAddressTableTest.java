// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.prow;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubevirt.cinotify.fixture.AddressRow;
import io.kubevirt.cinotify.prow.RunUrl.RepositoryReading;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Addresses that Prow's own packages wrote (addresses.tsv): each is written the same, and read back. */
class RunAddressTableTest {
    /** Of undecorated jobs by KubeVirt's template: read, although the table reads the directory in them as none. */
    private static final Set<String> TEMPLATES = Set.of("kv-tmpl-post", "kv-tmpl-batch");

    static List<AddressRow> rows() throws IOException {
        return AddressRow.all();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void anAddressIsWrittenAsProwWritesIt(AddressRow row) {
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
    void anAddressIsReadBack(AddressRow row) {
        RunUrlParseResult result = reader(row).read(row.get("job_url"));
        if (TEMPLATES.contains(row.toString())) {
            assertThat(result.found().orElseThrow().directory())
                    .hasToString("gs://kubevirt-prow/" + row.get("upload_dir"));
            return;
        }
        if (row.get("job_url").isEmpty() || row.get("back_note").startsWith("odd")) {
            assertThat(result).isInstanceOf(RunUrlParseResult.Rejected.class);
            return;
        }
        RunUrl url = result.found().orElseThrow();

        assertThat(url.directory())
                .hasToString(row.get("back_provider") + "://" + row.get("back_bucket") + "/" + row.get("back_dir"));
        assertThat(String.valueOf(url.type()).toLowerCase(Locale.ROOT).replace("null", "periodic|postsubmit"))
                .isEqualTo(row.get("back_type"));
        assertThat(url.repository() == null ? "/" : url.repository().fullName())
                .isEqualTo(row.get("back_org") + "/" + row.get("back_repo"));
        assertThat(url.pull() == null ? "" : url.pull().toString()).isEqualTo(row.get("back_pull"));
        assertThat(url.job() + " " + url.buildId()).isEqualTo(row.get("back_job") + " " + row.get("back_build"));
        if (row.get("back_equals_input").equals("no")) {
            assertThat(url.reading()).isEqualTo(RepositoryReading.AMBIGUOUS);
        }
    }

    private static RunUrlReader reader(AddressRow row) {
        return new RunUrlReader(TrustedHosts.of(List.of(), List.of()), row.settings());
    }
}
