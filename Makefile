# Each target calls Maven or the built program. "make help" lists them.

# The first JDK 21 or newer: JAVA_HOME, then PATH, then the usual places.
JDK := $(shell for home in "$$JAVA_HOME" "$$(command -v javac >/dev/null 2>&1 && dirname "$$(dirname "$$(readlink -f "$$(command -v javac)")")")" $$(ls -d /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home 2>/dev/null | sort -rV); do \
	[ -x "$$home/bin/javac" ] || continue; \
	version=$$("$$home/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'); \
	[ "$${version:-0}" -ge 21 ] && echo "$$home" && break; done)
REVISION ?= $(shell git rev-parse HEAD 2>/dev/null || echo unknown)
MVN = JAVA_HOME="$(JDK)" ./mvnw -Drevision=$(REVISION)
JAVA = "$(JDK)/bin/java" --enable-native-access=ALL-UNNAMED
JAR = target/quarkus-app/quarkus-run.jar

.DEFAULT_GOAL := help
.PHONY: help program run run-settings test bench memory store-bench board-bench attack journeys evidence mutation figures suspects build image image-check release reproducible manifests soak chaos pictures board-check board-pictures format clean jdk

help: ## lists the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

jdk:
	@[ -n "$(JDK)" ] || { echo "ci-notify needs a JDK of 21 or newer: install one (Debian: apt-get install openjdk-21-jdk, or Temurin 25) or set JAVA_HOME" >&2; exit 1; }

# The ports and the directory of "make run". The store is new each time, so that the samples cause notifications.
PORT ?= 9900
HEALTH_PORT ?= 8081
BOARD_PORT ?= 9980
RUN = target/run

run: build run-settings ## starts the plugin and its board in dry-run, sends it signed samples, prints the messages; Ctrl-C ends it
	@head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' > $(RUN)/hmac
	@$(JAVA) src/test/java/io/kubevirt/cinotify/fixture/SendSamples.java http://127.0.0.1:$(PORT)/ $(RUN)/hmac src/test/resources/samples & \
	exec $(JAVA) -jar $(JAR) serve --log-format text --config $(RUN)/config --port $(PORT) --health-port $(HEALTH_PORT) --board-port $(BOARD_PORT) --hmac-secret-file $(RUN)/hmac --data-dir $(RUN)/data

# The preset without the ten minutes of waiting for an outage to form.
run-settings:
	@rm -rf $(RUN) && image/settings.sh $(RUN)/config

test: jdk ## runs everything: format, static checks, unit and system tests; prints the slowest tests
	@$(MVN) verify; status=$$?; $(JAVA) src/test/java/io/kubevirt/cinotify/fixture/SlowestTests.java target 20; exit $$status

# The options of the image with a small heap, most of it old generation; freed native memory is returned.
HEAP ?= @image/java.options -Xmx84m -Xmn18m -XX:TrimNativeHeapInterval=2000 -Xss512k
DURATION ?= 15

# The program as the image has it: with a Java of its own and the start-up cache.
PROGRAM = target/program
PROGRAM_JAR = $(PROGRAM)/ci-notify/quarkus-run.jar
PROGRAM_JAVA = $(PROGRAM)/java/bin/java -XX:AOTCache=$(PROGRAM)/ci-notify/app.aot $(HEAP)
program: jdk
	@export JAVA_HOME="$(JDK)" REVISION=$(REVISION); image/build.sh && image/assemble.sh $(PROGRAM) && image/train.sh $(PROGRAM)

bench: RATE = 1500
bench: WARM_UP = 45
bench: program ## measures a plugin that it starts; with URL=... HMAC=file also a running server, with OTHER=... two, and their ratio
	@MALLOC_ARENA_MAX=2 "$(JDK)/bin/java" -Xmx1g -cp target/test-classes io.kubevirt.cinotify.bench.Bench --jar=$(PROGRAM_JAR) --java="$(PROGRAM_JAVA)" --rate=$(RATE) --seconds=$(DURATION) --warm-up=$(WARM_UP) --url=$(URL) --url=$(OTHER) --hmac=$(HMAC) --serve="$(SERVE)"

memory: ## the same, with the native memory of each part of the JVM and the loaded classes of optional libraries
	@$(MAKE) bench HEAP="$(HEAP) -XX:NativeMemoryTracking=summary"

# Floods whose name contains FLOOD, DURATION seconds each; then PAYLOADS mutated payloads with each of two seeds.
FLOOD ?=
PAYLOADS ?= 5000
attack: SEED = 20261129
attack: DURATION = 10
attack: build ## floods a plugin that it starts with the manifests' memory, DURATION seconds each, sends mutated payloads, prints a table
	$(MVN) -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath -Dmdep.includeScope=test
	@"$(JDK)/bin/java" -Xmx1g -cp "target/test-classes:target/classes:$$(cat target/test.classpath)" io.kubevirt.cinotify.bench.Attack --jar=$(JAR) --java="$(JDK)/bin/java @image/java.options" --seconds=$(DURATION) --seed=$(SEED) --payloads=$(PAYLOADS) --flood="$(FLOOD)"

STORES ?= sqlite postgresql
INCIDENTS ?= 100000
store-bench: RUNS = 1000000
store-bench: build ## measures a store of RUNS runs and INCIDENTS incidents: migration, start, queries, decisions, bytes, copy, backup; memory of runs
	$(MVN) -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath -Dmdep.includeScope=test
	@for bench in "StoreSizes $(RUNS) $(INCIDENTS) $(STORES)" "RunMemory 5000 50000"; do \
	$(JAVA) -Xmx1g -cp "target/test-classes:target/classes:$$(cat target/test.classpath)" io.kubevirt.cinotify.bench.$$bench || exit 1; done

# Incidents of each store, separated by commas.
board-bench: INCIDENTS = 10,1000,100000
board-bench: RUNS = 1000000
board-bench: program ## measures the board: memory, webhooks beside pages, live updates for 4 × DURATION, pages on stores of RUNS runs
	$(MVN) -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath -Dmdep.includeScope=test
	@$(JAVA) -Xmx1g -cp "target/test-classes:target/classes:$$(cat target/test.classpath)" io.kubevirt.cinotify.bench.BoardBench $(PROGRAM_JAR) "$(PROGRAM_JAVA)" $(DURATION) $(RUNS) $(INCIDENTS) $(STORES)

suspects: jdk ## writes the tables of suspects into docs/figures.md
	$(MVN) -q test-compile surefire:test -Dtest=SuspectCalibrationTest,RecordedMergesTest -Dfigures.update=true

journeys: build ## counts the source files that an event passes through (JDK 25)
	$(MVN) -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath -Dmdep.includeScope=test
	@$(JAVA) -cp "target/test-classes:target/classes:$$(cat target/test.classpath)" io.kubevirt.cinotify.bench.Journeys

# Packages to mutate, and the threads of each.
MUTATE ?= prow roster diagnosis incident.detect incident.engine incident.notify incident.stale
THREADS ?= 1
mutation: jdk ## breaks the packages MUTATE line by line and counts what the tests beside them notice (hours on two processors)
	$(MVN) -q test-compile
	@for package in $(MUTATE); do echo "== $$package"; case $$package in diagnosis) also=artifacts ;; *) also=$$package ;; esac; \
	$(MVN) -q -Pmutation -Dmutation.package=$$package -Dmutation.tests=$${package%%.*} -Dmutation.also=$$also -Dthreads=$(THREADS) \
	org.pitest:pitest-maven:mutationCoverage | grep -E "^>> (Generated|Mutations|Line)" || exit 1; done; echo "survivors: target/mutation/*/mutations.csv"

# Of TRUTHS, a folder of run folders, each with a truth.json; without it of src/test/resources/evidence.
TRUTHS ?=
evidence: build ## prints how often the cause of the runs in src/test/resources/evidence (or below TRUTHS) is found
	$(MVN) -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath -Dmdep.includeScope=test
	@$(JAVA) -cp "target/test-classes:target/classes:$$(cat target/test.classpath)" io.kubevirt.cinotify.artifacts.EvidenceCorpus $(TRUTHS)

figures: build ## measures the run time of the commands on this machine
	@$(JAVA) src/test/java/io/kubevirt/cinotify/fixture/MeasureCommands.java $(JAR)

build: jdk ## builds target/quarkus-app/quarkus-run.jar
	$(MVN) -q -DskipTests -Dspotless.check.skip package

# The image is built by the first engine found. ENGINE_FLAGS are options of its "build": -v ~/.m2:/root/.m2 keeps what Maven downloads.
IMAGE ?= quay.io/kubevirtci/ci-notify:$(shell date -u +v%Y%m%d%H%M)-$(shell git rev-parse --short=7 HEAD 2>/dev/null || echo 0000000)
CHANGELIST ?= -SNAPSHOT
ENGINE ?= $(firstword $(foreach engine,buildah podman docker,$(shell command -v $(engine) >/dev/null 2>&1 && echo $(engine))))

image: ## builds the container image with buildah, podman or docker (JDK_IMAGE=…@sha256:… BASE_IMAGE=…@sha256:… IMAGE=… ENGINE=…)
	@for image in "JDK_IMAGE=$(JDK_IMAGE)" "BASE_IMAGE=$(BASE_IMAGE)"; do case "$$image" in *@sha256:*) ;; *) \
	echo "$${image%%=*} is not an image by digest: set it to NAME@sha256:… (docs/operate.md shows how to find the digest)" >&2; exit 1 ;; esac; done
	@[ -n "$(ENGINE)" ] || { echo "install buildah, podman or docker; make image-check checks the content of the image without them" >&2; exit 1; }
	$(ENGINE) build $(ENGINE_FLAGS) -f Containerfile -t $(IMAGE) --build-arg JDK=$(JDK_IMAGE) --build-arg BASE=$(BASE_IMAGE) --build-arg VERSION=$(lastword $(subst :, ,$(IMAGE))) --build-arg REVISION=$(REVISION) --build-arg CHANGELIST=$(CHANGELIST) .

image-check: jdk ## runs the content of the image without an engine, or with CHECK=NAME a built image (buildah): read-only root, random user
	@export JAVA_HOME="$(JDK)"; $(if $(CHECK),image/check-built.sh $(CHECK),\
	image/build.sh && image/assemble.sh target/image/opt && image/train.sh target/image/opt && image/check.sh target/image)

VERSION := $(shell sed -n 's/.*<version>\(.*\)$${changelist}<.*/\1/p' pom.xml)

# With an engine and both base images it includes the image.
release: IMAGE = quay.io/kubevirtci/ci-notify:v$(VERSION)
release: jdk ## makes target/release: program, manifests, image (JDK_IMAGE=… BASE_IMAGE=…), bill of materials, provenance, checksums, notes
	@[ -z "$$(git status --porcelain)" ] || { echo "release: the checkout differs from its commit: commit or remove what \"git status\" shows" >&2; exit 1; }
	@image/release.sh notes $(VERSION) > /dev/null
	@[ -z "$(JDK_IMAGE)$(BASE_IMAGE)" ] || $(MAKE) image IMAGE=$(IMAGE) CHANGELIST=
	@export JAVA_HOME="$(JDK)" REVISION=$(REVISION) CHANGELIST= JDK_IMAGE="$(JDK_IMAGE)" BASE_IMAGE="$(BASE_IMAGE)" IMAGE=$(IMAGE); \
	image/build.sh && ENGINE="$(if $(JDK_IMAGE)$(BASE_IMAGE),$(ENGINE))" image/release.sh target/release $(VERSION) $(REVISION)

reproducible: jdk ## builds twice and compares every file
	@export JAVA_HOME="$(JDK)"; for build in 1 2; do image/build.sh && \
	(cd target && find quarkus-app bom.json -type f | sort | xargs sha256sum) > $$build.sums && mv $$build.sums target/ || exit 1; done; \
	diff target/1.sums target/2.sums && echo "$$(wc -l < target/1.sums) files, the same bytes twice"

MINUTES ?= 30

# The options of the image with a small heap, as for make bench.
soak: RATE = 50
soak: build ## runs a plugin for MINUTES at RATE deliveries a second, with reloads and a flapping watch; prints resident memory each minute
	MALLOC_ARENA_MAX=2 $(MVN) -q test-compile failsafe:integration-test failsafe:verify -Dit.test=SoakIT -Dsoak.minutes=$(MINUTES) -Dsoak.rate=$(RATE) "-Dsoak.java=$(HEAP)"

RUNS ?= 50
SEED ?= 20261122
REPLICAS ?= 1,2,3
SEEDS ?= 1
# Percent of the calls that fail; seconds of late writes, lagging lists, pauses and the longest life.
CHAOS = -Dchaos.faults=50 -Dchaos.late=28 -Dchaos.lag=20 -Dchaos.pause=42 -Dchaos.life=30 -Dchaos.skip=0 -Dchaos.crashes=true
chaos: build ## kills the plugin RUNS times with each of SEEDS seeds under load, SEED=… REPLICAS=1,2,3, and checks what people see
	$(MVN) -q test-compile failsafe:integration-test failsafe:verify -Dit.test=ChaosIT -Dchaos.runs=$(RUNS) -Dchaos.seed=$(SEED) -Dchaos.seeds=$(SEEDS) -Dchaos.replicas=$(REPLICAS) $(CHAOS)

OVERLAY ?= manifests/overlays/kubevirt
manifests: ## prints the manifests of OVERLAY
	@kubectl kustomize $(OVERLAY)

pictures: build ## renders every kind of message from its golden file to docs/images (needs Chromium)
	$(MVN) -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath -Dmdep.includeScope=test
	@$(JAVA) -cp "target/test-classes:target/classes:$$(cat target/test.classpath)" io.kubevirt.cinotify.notify.slack.MessagePictures

# npm downloads axe-core, which checks accessibility; nothing of it is part of the program.
AXE = target/axe/package/axe.min.js
BOARD = $(JAVA) -cp "target/test-classes:target/classes:$$(cat target/test.classpath)" io.kubevirt.cinotify.web.BoardCheck $(AXE)
$(AXE):
	@mkdir -p target/axe
	@! command -v npm >/dev/null 2>&1 || ! { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null 2>&1 || { cd target/axe && npm pack --silent axe-core@4.11.3 && tar xzf axe-core-*.tgz; }

board-check: build $(AXE) ## checks the pages of the board in Chromium: accessibility, console, widths, zones, without scripts (needs npm, too)
	$(MVN) -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath -Dmdep.includeScope=test
	@$(BOARD)

board-pictures: build $(AXE) ## renders the board of a Monday morning to docs/images (needs Chromium and npm)
	$(MVN) -q test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath -Dmdep.includeScope=test
	@$(BOARD) docs/images

format: jdk ## formats the sources
	$(MVN) -q spotless:apply

clean: jdk ## removes what was built
	$(MVN) -q clean
