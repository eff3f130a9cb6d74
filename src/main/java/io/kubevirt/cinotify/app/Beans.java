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
package io.kubevirt.cinotify.app;

import io.kubevirt.cinotify.document.InvalidDocument;
import io.kubevirt.cinotify.intake.hook.HmacFile;
import io.kubevirt.cinotify.notice.console.ConsoleChannel;
import io.kubevirt.cinotify.settings.SettingsLoader;
import io.kubevirt.cinotify.store.EmbeddedFile;
import io.kubevirt.cinotify.store.Store;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.time.InstantSource;
import javax.sql.DataSource;

/** Puts the parts together that know nothing of the framework. */
@Dependent
public class Beans {

    @Produces
    @Singleton
    InstantSource clock() {
        return SystemClock.INSTANCE;
    }

    @Produces
    @Singleton
    Store store(DataSource dataSource, Deployment deployment) {
        return new Store(dataSource, EmbeddedFile.at(deployment.dataDir().resolve("ci-notify.db")));
    }

    @Produces
    @Singleton
    HmacFile hmacFile(Deployment deployment, InstantSource clock) throws InvalidDocument {
        return deployment.webhooksRequired()
                ? HmacFile.open(deployment.hmacSecretFile(), clock)
                : HmacFile.await(deployment.hmacSecretFile(), clock);
    }

    @Produces
    @Singleton
    LiveSettings settings(Deployment deployment, InstantSource clock) throws InvalidDocument {
        return new LiveSettings(
                new SettingsLoader(
                        deployment.configDir(), deployment.jobConfigPath().orElse(null)),
                clock);
    }

    @Produces
    @Singleton
    GracePeriod gracePeriod(Deployment deployment) {
        return new GracePeriod(deployment.gracePeriod());
    }

    @Produces
    @Singleton
    ConsoleChannel console() {
        // Not System.out: it swallows what goes wrong, and its letters depend on the locale of the container.
        return new ConsoleChannel(new FileOutputStream(FileDescriptor.out));
    }
}
