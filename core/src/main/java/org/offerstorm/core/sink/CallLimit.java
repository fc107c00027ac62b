package org.offerstorm.core.sink;

import java.time.Duration;
import org.offerstorm.core.option.NumberType;
import org.offerstorm.core.option.Option.Single;
import org.offerstorm.core.option.ValueType;

/** How long a call to a store may take; {@code topology.message-timeout} has to leave time for it. */
public sealed interface CallLimit {
    /** Values of an option that limits a call: a bolt must not keep its thread for longer (see {@link Sink}). */
    ValueType<Duration> TYPE = NumberType.duration("100 ms", "5 s");

    /** An option says it. */
    record ByOption(Single<Duration> option) implements CallLimit {}

    /** The client has it built in. */
    record Fixed(Duration duration) implements CallLimit {}
}
