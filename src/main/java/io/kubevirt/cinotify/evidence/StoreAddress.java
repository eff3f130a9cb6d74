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
package io.kubevirt.cinotify.evidence;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where an object store answers.
 *
 * @param text scheme, host, port if need be, and a path if the store lies below one; without a slash at its end
 */
public record StoreAddress(String text) {

    /** @throws IllegalArgumentException if it is no such address; the message is fit for a person */
    public StoreAddress {
        text = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        if (!isStore(text)) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not the address of an object store: write it as https://storage.example.org");
        }
    }

    private static boolean isStore(String text) {
        try {
            URI address = new URI(text);
            boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            return web
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
