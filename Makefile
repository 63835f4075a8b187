# Ebb. `make run` sets up everything and runs the main job; `make test` sets up everything and runs the tests.
# Other targets: all unit check valgrind bench bench-peers fuzz patterns cluster docs format lint install clean; V=1 shows the commands.
# A new source file needs no edit here.
DEPS    := pkgconf libgsl-dev libcairo2-dev libpango1.0-dev libinih-dev libigraph-dev libsqlite3-dev libcsv-dev \
           librandom123-dev libcmocka-dev fonts-dejavu-core fonts-dejavu-extra
MPI     ?= ompi-c# compiled in when pkg-config knows it: `make MPI=` leaves it out
PKGS    := gsl cairo cairo-pdf cairo-svg pangocairo inih igraph sqlite3
B       ?= build
PREFIX  ?= /usr/local
CFLAGS  ?= -O3 -g
# What this machine can, of two choices: -march=x86-64-v3 (since about 2013), -v2 (2009). The bytes of results are the same.
ARCH    ?= $(if $(filter x86_64,$(shell uname -m)),-march=x86-64-v$(shell grep -m1 -w avx2 /proc/cpuinfo 2>/dev/null | grep -w bmi2 | grep -w fma | grep -wc movbe | sed 's/1/3/;s/0/2/'))
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wdouble-promotion
COMPILE  = $(CC) -std=c17 -D_GNU_SOURCE $(WARN) $(if $(CI),-Werror) -ffp-contract=off -fno-math-errno -fno-trapping-math -fopenmp \
           $(CPPFLAGS) $(ARCH) $(CFLAGS) $(PKG_CFLAGS)
LIBS     = $(PKG_LIBS) -lcsv -lm
SAN     := -O1 -g -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
VERSION := $(shell sed -n 's/^version: *//p' CITATION.cff)
COMMIT  := $(or $(shell test -e .git && git describe --always --dirty 2>/dev/null),unknown)
export CI
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc)
endif

objects  = $(patsubst %.c,$(B)/%.o,$(filter-out sim/main.c sim/docs.c,$(wildcard $(1))))
TESTS   := $(patsubst %.c,$(B)/%,$(wildcard tests/sim/test_*.c tests/models/test_*.c tests/plots/test_*.c))
FUZZERS := $(patsubst %.c,$(B)/%,$(wildcard tests/fuzz/fuzz_*.c))
PATTERNS := $(if $(shell grep -l '^int main' tests/patterns/*.c 2>/dev/null),$(B)/tests/patterns/patterns)

all: $(B)/ebb
$(B)/ebb: $(B)/sim/main.o
$(B)/libebb.a: $(call objects,sim/*.c sim/*/*.c sim/*/*/*.c models/*.c models/*/*.c models/*/*/*.c plots/*.c plots/*/*.c)
	rm -f $@ && ar rcs $@ $^
$(B)/tests/%: private LIBS += -lcmocka
$(TESTS): %: %.o
$(B)/tests/patterns/patterns: $(call objects,tests/patterns/*.c)
$(B)/tests/bench/bench: $(call objects,tests/bench/*.c)
$(B)/tests/bench/bench: private LDFLAGS += -Wl,--wrap=rng_words
$(B)/tests/bench/peers/ours: %: %.o
$(B)/docs: $(B)/sim/docs.o
$(FUZZERS): %: %.o
$(FUZZERS): private LDFLAGS += -fsanitize=fuzzer
$(B)/ebb $(TESTS) $(B)/tests/patterns/patterns $(B)/tests/bench/bench $(B)/tests/bench/peers/ours $(B)/docs $(FUZZERS): $(B)/libebb.a
	echo "  link $@"
	$(COMPILE) $(LDFLAGS) $(filter %.o,$^) $(B)/libebb.a $(LIBS) -o $@
$(B)/%.o: %.c $(B)/flags
	mkdir -p $(@D); echo "  compile $(B): $<"
	$(COMPILE) -MMD -MP -DEBB_VERSION='"$(VERSION)"' -DEBB_COMMIT='"$(COMMIT)"' -c $< -o $@
# What names the version is built again when the commit changes; everything, when the flags do.
$(patsubst %.c,$(B)/%.o,$(shell grep -lrE 'EBB_(VERSION|COMMIT)' --include='*.c' sim plots)): $(B)/version
$(B)/version: WORDS = $(VERSION) $(COMMIT)
$(B)/flags: WORDS = $(COMPILE) $(LIBS)
$(B)/version $(B)/flags: FORCE
	mkdir -p $(@D); echo '$(WORDS)' | cmp -s - $@ || echo '$(WORDS)' >$@

# Made before anything else by every goal that compiles: installs what is missing, then asks pkg-config, once.
ifneq ($(filter-out clean deps format format-check,$(or $(MAKECMDGOALS),all)),)
include $(B)/packages.mk
-include $(shell find $(B) -name '*.d' 2>/dev/null)
endif
$(B)/packages.mk: deps
	mkdir -p $(@D); m=$(MPI); [ "$$m" ] && pkg-config --exists $$m || m=; \
	c=$$(pkg-config --cflags $(PKGS) $$m) && l=$$(pkg-config --libs $(PKGS) $$m) && \
	printf 'PKG_CFLAGS := %s\nPKG_LIBS := %s\n' "$${m:+-DEBB_MPI }$$(echo "$$c" | sed 's/-I/-isystem /g')" \
	"-Wl,--as-needed $$l" >$@.new && \
	if cmp -s $@.new $@; then rm $@.new; else mv $@.new $@; fi
deps:
	tests/deps.sh $(DEPS)

run: all
	$(B)/ebb run configs/school.ini -o out/school --force
test: check-build tests $(PATTERNS)
	tests/run.sh $(B) $(B)/check
unit: tests $(PATTERNS)
	tests/run.sh $(B)
check: check-build
	tests/run.sh $(B)/check
check-build:
	+$(MAKE) --no-print-directory B=$(B)/check CFLAGS='$(SAN)' CPPFLAGS='$(CPPFLAGS) -DEBB_VERIFY' tests
valgrind: tests
	EBB_UNDER='valgrind -q --error-exitcode=99 --leak-check=full --suppressions=tests/valgrind.supp' tests/run.sh $(B)
tests: all $(B)/docs $(TESTS)
patterns: $(B)/tests/patterns/patterns
	$< --robust --write models/ladder/PATTERNS.md
bench: $(B)/tests/bench/bench $(B)/ebb # BENCH=full: large worlds and many runs too, some minutes
	$<
	$< runs $(B)/ebb $(BENCH)
bench-peers: $(B)/tests/bench/peers/ours
	tests/deps.sh python3-numpy python3-scipy python3-numba
	NUMBA_CACHE_DIR=$(B)/numba PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 tests/bench/peers/peers.py $< $(PEOPLE)
cluster:
	tests/deps.sh libopenmpi-dev openmpi-bin parallel slurm-wlm munge
	+$(MAKE) --no-print-directory all
	tests/cluster/run.sh $(B)
fuzz:
	tests/deps.sh clang libclang-rt-14-dev
	+$(MAKE) --no-print-directory B=$(B)/fuzz CC=clang CFLAGS='$(SAN) -fsanitize=fuzzer-no-link -fno-openmp' fuzz-run
fuzz-run: $(FUZZERS)
	tests/fuzz/run.sh $(B) $(FUZZERS)
docs: $(B)/docs
	for f in $$(grep -ls '<!-- generated:' *.md models/*/*.md); do \
	$< fill $$f >$(B)/filled && { cmp -s $(B)/filled $$f || cp $(B)/filled $$f; } || exit 1; done
format format-check:
	tests/deps.sh clang-format
	clang-format $(if $(filter format,$@),-i,--dry-run -Werror) $$(find sim models plots tests -name '*.[ch]')
	! LC_ALL=C.UTF-8 grep -rnE --include='*.[ch]' '^.{126,}$$' sim models plots tests # comments, which are not broken for one
lint: tests $(PATTERNS)
	tests/deps.sh clang-tidy cppcheck binutils
	tests/lint.sh $(B) $(CPPFLAGS) $(PKG_CFLAGS)
install: all $(B)/docs
	install -Dm755 $(B)/ebb $(DESTDIR)$(PREFIX)/bin/ebb
	for f in man=man/man1/ebb.1 bash=bash-completion/completions/ebb zsh=zsh/site-functions/_ebb; do \
	$(B)/docs $${f%=*} >$(B)/page && install -Dm644 $(B)/page $(DESTDIR)$(PREFIX)/share/$${f#*=} || exit 1; done
clean:
	rm -rf build

.PHONY: all deps run test unit check check-build valgrind tests patterns bench bench-peers cluster fuzz fuzz-run docs format format-check lint \
        install clean FORCE
.SECONDARY:
$(if $(V),,.SILENT:)
