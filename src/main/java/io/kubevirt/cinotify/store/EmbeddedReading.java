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
package io.kubevirt.cinotify.store;

import java.nio.file.Path;
import org.sqlite.SQLiteDataSource;

/** The embedded database of a folder for a command that looks into it, also while the plugin runs. */
public final class EmbeddedReading {

    private static final String FILE = "ci-notify.db";
    private static final int PATIENCE = 5_000;

    private EmbeddedReading() {}

    /**
     * Opens what is there; nothing is migrated.
     *
     * @throws StoreUnavailable if the folder holds none
     */
    public static Store of(Path folder) {
        Path file = folder.resolve(FILE);
        EmbeddedFile existing = EmbeddedFile.at(file);
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + file);
        database.getConfig().setBusyTimeout(PATIENCE);
        return new Store(database, existing);
    }
}
