# shellcheck shell=bash disable=SC2154 # What is not set here, bench/fanout sets.
# The servers of bench/fanout, which sources this. Of each server NAME there are
#   NAME_missing   fails and says what is missing and how to get it
#   NAME_version   what is measured
#   NAME_start     starts it and sets its entry of pids; fails when it does not come up
#   NAME_client    the load client's arguments, one a line: NAME_client BASE
#   NAME_publish   the command that publishes: NAME_publish PER_SECOND SYMBOLS SECONDS BASE
# BASE is when the load begins, in nanoseconds since the Unix epoch.

declare -A pids=()
feed_pid=

missing_program() {
    command -v "$1" >/dev/null || {
        echo "there is no $1; on Debian: apt-get install $2"
        return 1
    }
}

# Starts a command on the server's core, its output in the server's log.
on_server_core() {
    local server=$1
    shift
    taskset -c "$server_core" "$@" >"$work/$server.log" 2>&1 </dev/null &
    pids[$server]=$!
}

accepts() {
    (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

await_port() {
    local server=$1 port=$2 i
    for ((i = 0; i < 300; i++)); do
        kill -0 "${pids[$server]}" 2>/dev/null || break
        ! accepts "$port" || return 0
        sleep 0.1
    done
    say "$server does not listen on port $port; its log is target/fanout/$server.log: $(tail -n 1 "$work/$server.log")"
    return 1
}

require_free() {
    local port
    for port in "$@"; do
        if accepts "$port"; then
            say "port $port is in use; what has it must end first"
            return 1
        fi
    done
}

publish_with() {
    echo "exec '$work/pub' --mode $1 --port $2 --rate $3 --syms $4 --time $5 >'$work/publish.out' 2>'$work/publish.err'"
}

# --- the gateway, which reads a feed journal that a program of its own writes

tickcast_port=18080
feed_symbols=100

tickcast_missing() {
    local log=$work/build.log
    # shellcheck source=bin/toolchain.sh
    (. bin/toolchain.sh && find_java javac && require_maven) 2>"$log" || {
        head -n 1 "$log"
        return 1
    }
    { bin/tickcast --version && mvn -q -B -pl gateway -am test-compile; } >"$log" 2>&1 || {
        echo "it cannot be built; see target/fanout/build.log"
        return 1
    }
}

tickcast_version() {
    local commit
    commit=$(git describe --always --dirty 2>/dev/null || echo unknown)
    echo "commit $commit, $(bin/tickcast --version | tr '\n' ' '), ${TICKCAST_JAVA_OPTS:-no further options}"
}

start_feed() {
    # shellcheck source=bin/toolchain.sh
    . bin/toolchain.sh
    find_java java
    rm -rf "$work/data" "$work/feed.in" "$work/feed.out"
    mkfifo "$work/feed.in" "$work/feed.out"
    # Held open, so that neither end of a pipe waits for the other to be opened, or ends with who uses it.
    exec 7<>"$work/feed.in" 8<>"$work/feed.out"
    local ready options=(-Xmx256m -XX:+UseSerialGC -Dchronicle.analytics.disable=true
        --add-exports=java.base/sun.nio.ch=ALL-UNNAMED --add-exports=java.base/jdk.internal.ref=ALL-UNNAMED
        --add-opens=java.base/java.lang.reflect=ALL-UNNAMED --add-opens=java.base/jdk.internal.misc=ALL-UNNAMED)
    if [ "$java_version" -ge 24 ]; then
        options+=(--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow)
    fi
    (
        # It keeps its plan as exactly as the peers' publisher does: the kernel may not delay its timers by the usual 50 us.
        echo 1 >/proc/self/timerslack_ns || say "the timers of the feed's writer are as coarse as usual"
        exec taskset -c "$load_core" "$java_home/bin/java" "${options[@]}" -cp "cli/target/tickcast.jar:gateway/target/test-classes" \
            tickcast.gateway.PacedFeed "$work/data" $feed_symbols
    ) <"$work/feed.in" >"$work/feed.out" 2>"$work/feed.log" &
    feed_pid=$!
    if ! read -r -t 30 ready <&8 || [ "$ready" != ready ]; then
        say "the feed's writer does not start: $(head -n 1 "$work/feed.log")"
        return 1
    fi
}

tickcast_start() {
    require_free $tickcast_port && start_feed || return 1
    on_server_core tickcast bin/tickcast gateway --data "$work/data" --port $tickcast_port
    await_port tickcast $tickcast_port || return 1
    local i
    for ((i = 0; i < 300; i++)); do
        ! lists_all_symbols || return 0
        sleep 0.1
    done
    say "tickcast does not list the feed's symbols; its log is target/fanout/tickcast.log"
    return 1
}

lists_all_symbols() (
    exec 3<>"/dev/tcp/127.0.0.1/$tickcast_port" || exit 1
    printf 'GET /api/symbols HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&3
    grep -q "\"s$((feed_symbols - 1))\"" <&3
) 2>/dev/null

tickcast_client() {
    if [ "$form" = v1 ]; then
        printf '%s\n' --port $tickcast_port --path /ws --sub '{"type":"subscribe","symbols":["%s"],"channels":["price"]}' --ts-off 13 --ts-base "$1"
    else
        printf '%s\n' --port $tickcast_port --path /ws --proto tickcast.sbe.v1 --sub '{"type":"subscribe","symbols":["%s"]}' --packets
    fi
}

tickcast_publish() {
    local what=
    [ "$form" != books ] || what=' books'
    echo "echo '$1 $2 $3 $4$what' >'$work/feed.in'; head -n 1 <'$work/feed.out' >'$work/publish.out'"
}

# --- the same gateway, beside clients that do not keep up: one that never reads and ten that read 10 KiB of 23 KiB a second

laggards_missing() { tickcast_missing; }
laggards_version() { echo "tickcast beside one dead and ten slow readers of all symbols, who come again when they are disconnected"; }

laggards_start() {
    if [ -z "${pids[tickcast]:-}" ] || ! kill -0 "${pids[tickcast]}" 2>/dev/null; then
        tickcast_start || return 1
    fi
    pids[laggards]=${pids[tickcast]}
    signal CONT laggards
}

laggards_client() { tickcast_client "$@"; }

laggards_publish() {
    local client
    mapfile -t client < <(tickcast_client "$4")
    echo "'$work/wsload' ${client[*]@Q} --conns 11 --stall 1 --slow 10 --rcvbuf 4096 --syms 1 --sym-fmt '*' --idle --time $3 --pid ${pids[laggards]} \
        >'$work/laggards.out' 2>'$work/laggards.err' & $(tickcast_publish "$@")"
}

# --- NATS

nats_missing() { missing_program nats-server nats-server; }
nats_version() { nats-server --version; }

nats_start() {
    require_free 18222 18223 || return 1
    on_server_core nats nats-server -c bench/peers/nats.conf
    await_port nats 18223
}

nats_client() { printf '%s\n' --mode nats --port 18223; }
nats_publish() { publish_with nats 18222 "$@"; }

# --- cfan, the limit: a bare epoll loop that writes ready-made frames, many updates in one write

cfan_missing() { return 0; }
cfan_version() { echo "bench/tools/cfan.c, $(gcc --version | head -n 1)"; }

cfan_start() {
    require_free 18100 18101 || return 1
    on_server_core cfan "$work/cfan" 18100 1024
    await_port cfan 18100
}

cfan_client() { printf '%s\n' --port 18100 --sub 'sub %s'; }
cfan_publish() { publish_with raw 18101 "$@"; }

# --- Mosquitto

mosquitto_missing() { missing_program mosquitto mosquitto; }
mosquitto_version() { mosquitto -h | head -n 1; }

mosquitto_start() {
    require_free 18183 18184 || return 1
    on_server_core mosquitto mosquitto -c bench/peers/mosquitto.conf
    await_port mosquitto 18184
}

mosquitto_client() { printf '%s\n' --mode mqtt --port 18184 --path /mqtt; }
mosquitto_publish() { publish_with mqtt 18183 "$@"; }

# --- nginx with nchan

nchan_missing() {
    missing_program nginx 'nginx libnginx-mod-nchan' || return 1
    [ -e /usr/lib/nginx/modules/ngx_nchan_module.so ] || {
        echo "nginx has no module nchan; on Debian: apt-get install libnginx-mod-nchan"
        return 1
    }
}

nchan_version() {
    echo "$(nginx -v 2>&1), nchan $(dpkg-query -W -f '${Version}' libnginx-mod-nchan 2>/dev/null || echo 'of an unknown version')"
}

nchan_start() {
    require_free 18186 || return 1
    mkdir -p "$work/nginx"
    on_server_core nchan nginx -p "$work/nginx" -e nginx.err -c "$PWD/bench/peers/nginx.conf"
    await_port nchan 18186
}

nchan_client() { printf '%s\n' --port 18186 --path /sub/%s; }
nchan_publish() { publish_with nchan 18186 "$@"; }

# --- ws, on Node

ws_missing() {
    missing_program node nodejs || return 1
    [ -d "$work/node/node_modules/ws" ] || {
        echo "there is no package ws; get it with: npm install --prefix target/fanout/node ws@8"
        return 1
    }
}

ws_version() {
    echo "ws $(sed -n 's/.*"version": "\(.*\)".*/\1/p' "$work/node/node_modules/ws/package.json"), Node $(node --version)"
}

ws_start() {
    require_free 18090 18091 || return 1
    NODE_PATH=$work/node/node_modules on_server_core ws node bench/peers/node-ws.js 18090
    await_port ws 18090
}

ws_client() { printf '%s\n' --port 18090 --sub 'sub %s'; }
ws_publish() { publish_with raw 18091 "$@"; }

# --- only one server runs at a time: the others stand still

# A server's process and its children.
pids_of() {
    echo "${pids[$1]} $(cat "/proc/${pids[$1]}/task/${pids[$1]}/children" 2>/dev/null || true)"
}

signal() {
    # shellcheck disable=SC2046 # Several processes are several words.
    kill "-$1" $(pids_of "$2") 2>/dev/null || true
}

pause() {
    # It takes leave of the run's connections first.
    await_idle "$1"
    signal STOP "$1"
}

# Lets a server go on, or starts it and warms it up.
resume() {
    local server=$1 part
    if [ -n "${pids[$server]:-}" ] && kill -0 "${pids[$server]}" 2>/dev/null; then
        signal CONT "$server"
        return
    fi
    "${server}_start" || return 1
    # In parts: connecting has to be warm too.
    for part in T B T B T B T B T B T B T B T B; do
        load "$server" $part 100000 0 "$(calculate "$warmup / 16")" || return 1
        await_idle "$server"
    done
}

# The CPU time that a server and its children have had, in hundredths of a second.
ticks() {
    local pid
    # The name, in brackets, may have blanks.
    for pid in $(pids_of "$1"); do
        sed 's/.*) //' "/proc/$pid/stat" 2>/dev/null || true
    done | awk '{ sum += $12 + $13 } END { print sum + 0 }'
}

# Waits until a server has done what a load left to it, at most 15 s: it then has less than a quarter of its core.
await_idle() {
    local i before after
    after=$(ticks "$1")
    for ((i = 0; i < 30; i++)); do
        before=$after
        sleep 0.5
        after=$(ticks "$1")
        [ $((after - before)) -ge 13 ] || return 0
    done
    say "$1 is busy although nobody asks it for anything"
}

end() {
    local pid=$1 i
    kill -TERM "$pid" 2>/dev/null || true
    for ((i = 0; i < 100; i++)); do
        kill -0 "$pid" 2>/dev/null || break
        sleep 0.1
    done
    kill -KILL "$pid" 2>/dev/null || true
    wait "$pid" 2>/dev/null || true
}

stop() {
    local server=$1
    if [ -n "${pids[$server]:-}" ]; then
        signal CONT "$server"
        end "${pids[$server]}"
        unset "pids[$server]"
    fi
    if [[ $server =~ ^(tickcast|laggards)$ ]] && [ -n "$feed_pid" ]; then
        end "$feed_pid"
        feed_pid=
        rm -rf "$work/data" "$work/feed.in" "$work/feed.out"
    fi
}

stop_all() {
    local server
    for server in "${servers[@]}"; do
        stop "$server"
    done
}
