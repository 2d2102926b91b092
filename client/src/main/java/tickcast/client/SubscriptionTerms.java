package tickcast.client;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import tickcast.protocol.json.Channel;
import tickcast.protocol.json.ClientMessage;
import tickcast.protocol.json.OnSlow;

/**
 * How symbols are subscribed.
 *
 * @param channels with SBE and JSON a book is kept and proved only if all are granted, or with a rate the book is
 * @param depth most levels of a side, from 1 to 255; of no effect where the whole book is sent
 * @param maxRate most updates of a symbol's book and price in a second, from 0.1 to 1000; 0 for every one
 * @param onSlow what is to be done when this client does not keep up
 */
public record SubscriptionTerms(Set<Channel> channels, int depth, double maxRate, OnSlow onSlow) {
    /** Every update of all channels, ten levels where there are levels, and conflation of a slow client. */
    public static final SubscriptionTerms DEFAULT = new SubscriptionTerms(
            EnumSet.allOf(Channel.class), ClientMessage.Subscribe.DEFAULT_DEPTH, 0, OnSlow.CONFLATE);

    public SubscriptionTerms {
        channels = Set.copyOf(channels);
        Objects.requireNonNull(onSlow, "onSlow");
    }

    public SubscriptionTerms withChannels(Set<Channel> newChannels) {
        return new SubscriptionTerms(newChannels, depth, maxRate, onSlow);
    }

    public SubscriptionTerms withDepth(int newDepth) {
        return new SubscriptionTerms(channels, newDepth, maxRate, onSlow);
    }

    public SubscriptionTerms withMaxRate(double newMaxRate) {
        return new SubscriptionTerms(channels, depth, newMaxRate, onSlow);
    }

    public SubscriptionTerms withOnSlow(OnSlow newOnSlow) {
        return new SubscriptionTerms(channels, depth, maxRate, newOnSlow);
    }
}
