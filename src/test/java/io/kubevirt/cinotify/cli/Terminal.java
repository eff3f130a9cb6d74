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
package io.kubevirt.cinotify.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** Runs a command as a person would type it, within this process. */
final class Terminal {

    private Terminal() {}

    /**
     * What a command left behind.
     *
     * @param code the exit code
     * @param out what it answered
     * @param err what it complained of
     */
    record Result(int code, String out, String err) {

        /** The objects of an answer in JSON, one a line. */
        List<JsonNode> json() throws JsonProcessingException {
            List<JsonNode> objects = new ArrayList<>();
            for (String line : out.lines().toList()) {
                objects.add(new ObjectMapper().readTree(line));
            }
            return objects;
        }

        List<String> complaints() {
            return err.lines().toList();
        }
    }

    static Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Result(code, out.toString(), err.toString());
    }
}
