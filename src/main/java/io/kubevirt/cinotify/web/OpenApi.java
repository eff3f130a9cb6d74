// SPDX-License-Identifier: Apache-2.0
// Copyright The ci-notify Authors
package io.kubevirt.cinotify.web;

/** The description of the API that the build contains; a test writes it from the routes and their records. */
final class OpenApi {
    static final String PATH = ApiHandler.PREFIX + "/openapi.json";

    private OpenApi() {}

    static String description() {
        return Resources.text("/board/openapi.json");
    }
}
