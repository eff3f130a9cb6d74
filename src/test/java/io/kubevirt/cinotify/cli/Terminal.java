// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** Runs a command as a person would type it, within this process. */
public final class Terminal {

    private Terminal() {}

    /**
     * What a command left behind.
     *
     * @param code the exit code
     * @param out what it answered
     * @param err what it complained of
     */
    public record Result(int code, String out, String err) {

        /** The objects of an answer in JSON, one a line. */
        public List<JsonNode> json() throws JsonProcessingException {
            List<JsonNode> objects = new ArrayList<>();
            for (String line : out.lines().toList()) {
                objects.add(new ObjectMapper().readTree(line));
            }
            return objects;
        }

        List<String> problems() {
            return err.lines().toList();
        }
    }

    public static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine(arguments)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
