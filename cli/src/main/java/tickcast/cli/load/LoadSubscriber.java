package tickcast.cli.load;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tickcast.protocol.MalformedMessageException;
import tickcast.protocol.Subprotocol;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.ClientMessageWriter;
import tickcast.protocol.json.ServerMessage;
import tickcast.protocol.json.SlowWarning;
import tickcast.protocol.json.UnknownMessageException;

/**
 * One subscriber of a load test: connects, subscribes, and proves what it gets. What is wrong goes to its {@link Tally}.
 *
 * <p>The public methods are safe from any thread; all else is confined to its event loop. Their futures are true when it has all its
 * snapshots (a slow or dead one: when it has subscribed), false when that failed; ask for the next thing after that only.
 */
public final class LoadSubscriber {
    private static final long COMES_BACK_MILLIS = 1_000;

    private final LoadNetwork network;
    private final LoadNetwork.Lane lane;
    private final LoadPlan plan;
    private final Tally tally;
    private final FeedCheck check;
    private final String subscribe;
    private final String unsubscribe;
    private Session session;
    private CompletableFuture<Boolean> awaited;
    private long connectNanos;
    private boolean connecting;
    private volatile boolean settled;

    LoadSubscriber(LoadNetwork network, LoadNetwork.Lane lane, LoadPlan plan, Tally tally) {
        this.network = network;
        this.lane = lane;
        this.plan = plan;
        this.tally = tally;
        check = new FeedCheck(plan.books(), this::found);
        subscribe = ClientMessageWriter.toJson(new ClientMessage.Subscribe(
                null,
                plan.symbols(),
                EnumSet.allOf(tickcast.protocol.json.Channel.class),
                ClientMessage.Subscribe.DEFAULT_DEPTH));
        unsubscribe = ClientMessageWriter.toJson(new ClientMessage.Unsubscribe(null, plan.symbols()));
    }

    public LoadPlan plan() {
        return plan;
    }

    /** Whether it is subscribed and has its snapshots. */
    public boolean settled() {
        return settled;
    }

    /** @param plannedNanos when it should, by {@link System#nanoTime()}; its latency counts from then */
    public CompletableFuture<Boolean> connect(long plannedNanos) {
        return begin(() -> {
            connectNanos = plannedNanos;
            connecting = true;
            open();
        });
    }

    /**
     * Ends its connection and connects again.
     *
     * @param politely with a close frame; else the connection just ends
     */
    public CompletableFuture<Boolean> reconnect(long plannedNanos, boolean politely) {
        return begin(() -> {
            connectNanos = plannedNanos;
            connecting = true;
            if (session != null) {
                session.end(politely);
            }
            open();
        });
    }

    /** Unsubscribes its symbols, and subscribes to them anew when that is answered. */
    public CompletableFuture<Boolean> resubscribe() {
        return begin(() -> {
            if (session == null) {
                answer(false);
            } else {
                session.send(unsubscribe);
            }
        });
    }

    /** The newest sequence that came about each of its symbols, 0 before the first. */
    public CompletableFuture<Map<String, Long>> lastSeqs() {
        return CompletableFuture.supplyAsync(
                () -> {
                    var seqs = new HashMap<String, Long>();
                    check.forEach(seqs::put);
                    return seqs;
                },
                lane.loop());
    }

    private CompletableFuture<Boolean> begin(Runnable what) {
        var answer = new CompletableFuture<Boolean>();
        settled = false;
        lane.loop().execute(() -> {
            awaited = answer;
            what.run();
        });
        return answer;
    }

    private void answer(boolean well) {
        settled = well;
        if (awaited != null) {
            var answered = awaited;
            awaited = null;
            answered.complete(well);
        }
    }

    private void open() {
        check.clear();
        var opening = new Session();
        session = opening;
        network.bootstrap(lane, plan.reading())
                .handler(LoadChannel.initializer(network.url(), plan.form(), opening.gate, opening))
                .connect()
                .addListener((ChannelFuture connected) -> {
                    if (!connected.isSuccess()) {
                        opening.closed(connected.cause().getMessage());
                    }
                });
    }

    private void found(Finding finding, String text) {
        tally.add(finding, plan.name() + ": " + text);
    }

    private final class Session implements LoadChannel.Events {
        private final ReadGate gate = new ReadGate(network.limit(plan.reading()));
        private Channel channel;
        private boolean granted;

        void send(String text) {
            channel.writeAndFlush(new TextWebSocketFrame(text));
        }

        void end(boolean politely) {
            session = null;
            if (channel != null && politely) {
                channel.writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE))
                        .addListener(ChannelFutureListener.CLOSE);
            } else if (channel != null) {
                channel.close();
            }
        }

        @Override
        public void opened(Channel opened) {
            channel = opened;
            if (plan.reading() == Reading.PROMPT) {
                send(subscribe);
                return;
            }
            channel.writeAndFlush(new TextWebSocketFrame(subscribe)).addListener(sent -> {
                if (sent.isSuccess()) {
                    gate.close();
                    answer(true);
                }
            });
        }

        @Override
        public void binary(ByteBuf content) {
            read(() -> {
                if (plan.form() == Subprotocol.V1) {
                    lane.intake().compact(content, plan, check, tally);
                } else {
                    lane.intake().packet(content, plan, check, tally);
                }
            });
        }

        @Override
        public void text(ByteBuf content) {
            read(() -> {
                if (plan.form() != Subprotocol.JSON || !lane.intake().text(content, plan, check, tally)) {
                    control(content.toString(StandardCharsets.UTF_8));
                }
            });
        }

        private void read(Runnable reader) {
            if (session != this) {
                return;
            }
            try {
                reader.run();
            } catch (MalformedMessageException
                    | IndexOutOfBoundsException
                    | IllegalArgumentException
                    | IllegalStateException e) {
                found(Finding.MALFORMED, String.valueOf(e.getMessage()));
            }
            if (awaited != null && granted && check.complete()) {
                stands();
            }
        }

        private void stands() {
            if (connecting && network.window().containsTime(connectNanos)) {
                lane.connected().record(System.nanoTime() - connectNanos);
            }
            connecting = false;
            answer(true);
        }

        private void control(String text) {
            ServerMessage message;
            try {
                message = ServerMessage.parse(text);
            } catch (UnknownMessageException e) {
                return; // a newer gateway's, about what was not asked for
            }
            if (message instanceof ServerMessage.Subscribed subscribed) {
                granted = true;
                subscribed.symbols().forEach(listing -> check.track(listing.symbolId(), listing.symbol()));
                if (subscribed.rejected() != null) {
                    subscribed.rejected().forEach(rejected -> refused(rejected.symbol() + ": " + rejected.error()));
                }
            } else if (message instanceof ServerMessage.Unsubscribed) {
                check.clear();
                granted = false;
                send(subscribe);
            } else if (message instanceof ServerMessage.Error error) {
                refused(error.code() + ": " + error.message());
                answer(false);
            } else if (message instanceof ServerMessage.Warning warning
                    && warning.code().equals(SlowWarning.SLOW_CONSUMER.name())
                    && plan.reading() == Reading.PROMPT) {
                found(Finding.BEHIND, warning.message());
            }
        }

        private void refused(String text) {
            found(Finding.REFUSED, text);
        }

        @Override
        public void closed(String why) {
            if (session != this || lane.loop().isShuttingDown()) {
                return;
            }
            session = null;
            check.clear();
            if (plan.reading() != Reading.PROMPT && channel != null) {
                tally.cutOff.increment();
            } else {
                found(granted ? Finding.LOST : Finding.NOT_CONNECTED, why);
            }
            answer(false);
            if (plan.reading() == Reading.SLOW) {
                lane.loop().schedule(LoadSubscriber.this::open, COMES_BACK_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }
}
