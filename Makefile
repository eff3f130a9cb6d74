# Every target is one call of Maven or of the built program. "make help" lists them.

# A JDK of 21 or newer: JAVA_HOME, then PATH, then the usual places. The first that fits is used.
JDK := $(shell for home in "$$JAVA_HOME" "$$(command -v javac >/dev/null 2>&1 && dirname "$$(dirname "$$(readlink -f "$$(command -v javac)")")")" $$(ls -d /usr/lib/jvm/* /Library/Java/JavaVirtualMachines/*/Contents/Home 2>/dev/null | sort -rV); do \
	[ -x "$$home/bin/javac" ] || continue; \
	version=$$("$$home/bin/javac" -version 2>&1 | sed -n 's/^javac \([0-9]*\).*/\1/p'); \
	[ "$${version:-0}" -ge 21 ] && echo "$$home" && break; done)
REVISION ?= $(shell git rev-parse HEAD 2>/dev/null || echo unknown)
MVN = JAVA_HOME="$(JDK)" ./mvnw -Drevision=$(REVISION)
JAVA = "$(JDK)/bin/java" --enable-native-access=ALL-UNNAMED
JAR = target/quarkus-app/quarkus-run.jar

.DEFAULT_GOAL := help
.PHONY: help run run-settings test bench figures build image image-check reproducible manifests soak chaos format clean jdk

help: ## lists the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

jdk:
	@[ -n "$(JDK)" ] || { echo "ci-notify needs a JDK of 21 or newer: install one (Debian: apt-get install openjdk-21-jdk, or Temurin 25) or set JAVA_HOME" >&2; exit 1; }

# Where "make run" listens and keeps its store; the store is new each time, so that the samples are news.
PORT ?= 9900
HEALTH_PORT ?= 8081
RUN = target/run

run: build run-settings ## starts the plugin in dry-run, sends it signed samples, prints the messages; Ctrl-C ends it
	@head -c 32 /dev/urandom | od -An -tx1 | tr -d ' \n' > $(RUN)/hmac
	@$(JAVA) src/test/java/io/kubevirt/cinotify/fixture/SendSamples.java http://127.0.0.1:$(PORT)/ $(RUN)/hmac src/test/resources/samples & \
	exec $(JAVA) -jar $(JAR) serve --log-format text --config $(RUN)/config --port $(PORT) --health-port $(HEALTH_PORT) --hmac-secret-file $(RUN)/hmac --data-dir $(RUN)/data

# The preset; but nobody who tries it wants to wait ten minutes for something larger to form.
run-settings:
	@rm -rf $(RUN) && mkdir -p $(RUN) && cp -R config $(RUN)/
	@sed -i.preset -e '/^  hold:/,/^ *time:/ s/^\( *time:\) *10m/\1 0s/' $(RUN)/config/ci-notify.yaml

test: jdk ## runs everything: format, static checks, unit and system tests
	$(MVN) verify

# As in the image, with a small heap of which most is for what lasts; what the C library holds on to is given back.
HEAP ?= @image/java.options -Xmx84m -Xmn18m -XX:TrimNativeHeapInterval=2000 -Xss512k
DURATION ?= 15

bench: RATE = 1500
bench: build ## measures a plugin of its own; URL=... OTHER=... HMAC=file: servers that run, and their ratio
	@MALLOC_ARENA_MAX=2 "$(JDK)/bin/java" -Xmx1g -cp target/test-classes io.kubevirt.cinotify.bench.Bench --jar=$(JAR) --java="--enable-native-access=ALL-UNNAMED $(HEAP)" --rate=$(RATE) --seconds=$(DURATION) --url=$(URL) --url=$(OTHER) --hmac=$(HMAC) --serve="$(SERVE)"

figures: build ## measures how long the commands take on this machine
	@$(JAVA) src/test/java/io/kubevirt/cinotify/fixture/MeasureCommands.java $(JAR)

build: jdk ## builds target/quarkus-app/quarkus-run.jar
	$(MVN) -q -DskipTests -Dspotless.check.skip package

# The image: built by whatever engine is there.
IMAGE ?= quay.io/kubevirtci/ci-notify:$(shell date -u +v%Y%m%d%H%M)-$(shell git rev-parse --short=7 HEAD 2>/dev/null || echo 0000000)
ENGINE ?= $(firstword $(foreach engine,buildah podman docker,$(shell command -v $(engine) >/dev/null 2>&1 && echo $(engine))))

image: ## builds the container image with buildah, podman or docker (IMAGE=… ENGINE=…)
	@[ -n "$(ENGINE)" ] || { echo "install buildah, podman or docker; make image-check tries what the image would hold without them" >&2; exit 1; }
	$(ENGINE) build -f Containerfile -t $(IMAGE) --build-arg VERSION=$(lastword $(subst :, ,$(IMAGE))) --build-arg REVISION=$(REVISION) .

image-check: jdk ## starts what the image would hold, without an engine: read-only root, random user, no shell
	@export JAVA_HOME="$(JDK)"; image/build.sh && image/assemble.sh target/image/opt && image/train.sh target/image/opt && image/check.sh target/image

reproducible: jdk ## builds twice and compares every file
	@export JAVA_HOME="$(JDK)"; for build in 1 2; do image/build.sh && \
	(cd target && find quarkus-app bom.json -type f | sort | xargs sha256sum) > $$build.sums && mv $$build.sums target/ || exit 1; done; \
	diff target/1.sums target/2.sums && echo "$$(wc -l < target/1.sums) files, the same bytes twice"

MINUTES ?= 30

soak: RATE = 50
soak: build ## keeps a plugin under load for MINUTES at RATE deliveries a second, with reloads and a watch that flaps
	$(MVN) -q test-compile failsafe:integration-test failsafe:verify -Dit.test=SoakIT -Dsoak.minutes=$(MINUTES) -Dsoak.rate=$(RATE)

RUNS ?= 100
SEED ?= 20261122
REPLICAS ?= 1,2,3
chaos: build ## kills the plugin RUNS times under load, SEED=… REPLICAS=1,2,3, and looks whether anything is lost or doubled
	$(MVN) -q test-compile failsafe:integration-test failsafe:verify -Dit.test=ChaosIT -Dchaos.runs=$(RUNS) -Dchaos.seed=$(SEED) -Dchaos.replicas=$(REPLICAS)

OVERLAY ?= manifests/overlays/kubevirt
manifests: ## prints the manifests of OVERLAY
	@kubectl kustomize $(OVERLAY)

format: jdk ## formats the sources
	$(MVN) -q spotless:apply

clean: jdk ## removes what was built
	$(MVN) -q clean
