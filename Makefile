# Ebb: `make run` sets up everything and runs the main job; `make test` sets up everything and runs the tests.
VERSION := $(shell git describe --always --dirty --tags 2>/dev/null || echo unknown)
PKGS    := gsl cairo cairo-pdf cairo-svg pangocairo inih igraph sqlite3 cmocka
WARN    := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wdouble-promotion
CFLAGS  ?= -O3 -g
STRICT  := $(if $(CI),-Werror)
B       ?= build
CC      ?= cc
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE $(WARN) $(STRICT) -ffp-contract=off -fno-math-errno -fopenmp -MMD -MP $(CFLAGS) \
             $(shell pkg-config --cflags $(PKGS) | sed 's/-I/-isystem /g') -DEBB_VERSION='"$(VERSION)"'
LIBS     = $(shell pkg-config --libs $(PKGS)) -lcsv -lm
LIB_SRC := $(filter-out sim/main.c,$(wildcard sim/*.c sim/*/*.c models/*.c models/*/*.c plots/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(B)/%.o)
TESTS   := $(patsubst %.c,$(B)/%,$(wildcard tests/sim/test_*.c tests/models/test_*.c tests/plots/test_*.c))

all: $(B)/ebb

$(B)/ebb: $(B)/sim/main.o $(B)/libebb.a
	$(CC) $(CFLAGS) -fopenmp $^ $(LIBS) -o $@
$(B)/libebb.a: $(LIB_OBJ)
	rm -f $@ && ar rcs $@ $^
$(B)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c $< -o $@
$(B)/tests/%: $(B)/tests/%.o $(B)/libebb.a
	$(CC) $(CFLAGS) -fopenmp $^ $(LIBS) -o $@

unit: $(TESTS)
	@for t in $(TESTS); do $$t || exit 1; done

clean:
	rm -rf build

.PHONY: all unit clean
.SECONDARY:
-include $(shell find $(B) -name '*.d' 2>/dev/null)
