// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signed {@code status} deliveries of one size, made from a recorded one. */
final class Deliveries {

    private static final Path RECORDED = Path.of("src/test/resources/github/status-presubmit-failure.json");
    private static final String RECORDED_JOB = "pull-kubevirt-e2e-k8s-1.36-sig-compute";
    private static final int LANES = 40;
    private static final String[] STATES = {"pending", "success", "pending", "success", "failure"};
    private static final String[] DESCRIPTIONS = {
        "Job triggered.", "Job succeeded.", "Job triggered.", "Job succeeded.", "Job failed."
    };

    private final URI target;
    private final String key;
    private final int size;
    private final String recorded;

    /** @param size of each body, in bytes */
    Deliveries(URI target, String key, int size) throws IOException {
        this.target = target;
        this.key = key;
        this.size = size;
        this.recorded = Files.readString(RECORDED);
    }

    /** Runs of some lanes: of five statuses one is red, as on a bad day. */
    List<byte[]> mixed(int count, int firstBuild) {
        List<byte[]> bodies = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            int kind = index % STATES.length;
            String job = RECORDED_JOB + "-" + index % LANES;
            bodies.add(request(
                    STATES[kind],
                    DESCRIPTIONS[kind],
                    job,
                    "pr-logs/pull/kubevirt_kubevirt/14890/" + job + "/" + (firstBuild + index)));
        }
        return bodies;
    }

    /** A failed run of a postsubmit of its own: nothing repeats it, so it is notified at once. */
    byte[] notifyingFailure(String job, int build) {
        return request("failure", "Job failed.", job, "logs/" + job + "/" + build);
    }

    /**
     * The same request as GitHub would send it now: under a GUID of its own, with a status that was set this second, and
     * signed.
     */
    byte[] sentNow(byte[] request) {
        byte[] copy = request.clone();
        put(copy, ID_AT, UUID.randomUUID().toString());
        put(copy, after(copy, BEFORE_STAMP), stamp());
        int body = after(copy, END_OF_HEAD);
        put(copy, after(copy, BEFORE_SIGNATURE), signature(copy, body));
        return copy;
    }

    private static void put(byte[] request, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, request, at, bytes.length);
    }

    private static int after(byte[] request, byte[] mark) {
        for (int start = 0; start <= request.length - mark.length; start++) {
            if (request[start] == mark[0] && Arrays.equals(request, start, start + mark.length, mark, 0, mark.length)) {
                return start + mark.length;
            }
        }
        throw new IllegalStateException("the request has no " + new String(mark, StandardCharsets.US_ASCII));
    }

    private static String stamp() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static final String BEFORE_ID = "X-Github-Delivery: ";
    private static final byte[] BEFORE_STAMP = "\"updated_at\": \"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BEFORE_SIGNATURE = "X-Hub-Signature-256: sha256=".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String FIRST_LINE = "POST / HTTP/1.1\r\n";
    private static final int ID_AT = FIRST_LINE.length() + BEFORE_ID.length();

    private byte[] request(String state, String words, String job, String directory) {
        byte[] body = padded(recorded.replaceAll("\"state\": \"failure\"", "\"state\": \"" + state + "\"")
                        .replaceAll("\"context\": \"[^\"]*\"", "\"context\": \"" + job + "\"")
                        .replaceAll("\"updated_at\": \"[^\"]*\"", "\"updated_at\": \"" + stamp() + "\"")
                        .replaceAll("\"description\": \"[^\"]*\"", "\"description\": \"" + words + "\"")
                        .replaceAll(
                                "\"target_url\": \"[^\"]*\"",
                                "\"target_url\": \"https://prow.ci.kubevirt.io/view/gs/kubevirt-prow/" + directory
                                        + "\""))
                .getBytes(StandardCharsets.UTF_8);
        String head = FIRST_LINE + BEFORE_ID + new UUID(0, 0) + "\r\nHost: " + target.getAuthority()
                + "\r\nUser-Agent: ProwHook\r\nContent-Type: application/json\r\nX-Github-Event: status"
                + "\r\nX-Hub-Signature-256: sha256=" + signature(body, 0) + "\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        byte[] request = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, request, 0, head.length());
        System.arraycopy(body, 0, request, head.length(), body.length);
        return request;
    }

    private String padded(String json) {
        int missing = size - json.getBytes(StandardCharsets.UTF_8).length;
        String filler = "https://api.github.com/repos/kubevirt/kubevirt/git/commits/6dcb09b5b57875f3 ";
        return missing < 20
                ? json
                : json.replaceFirst(
                        "\\{",
                        "{\"padding\": \""
                                + filler.repeat(missing / filler.length() + 1).substring(0, missing - 15) + "\",");
    }

    private String signature(byte[] bytes, int from) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(bytes, from, bytes.length - from);
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
