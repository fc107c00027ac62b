package org.offerstorm.core.option;

import java.util.Map;
import org.offerstorm.core.option.Option.Properties;
import org.offerstorm.core.option.Option.Single;

/** The checked values of options, to bind a configuration record from. */
public interface OptionValues {
    /** The value. */
    <T> T get(Single<T> option);

    /** Names and values, unmodifiable, in the order in which they were first set. */
    Map<String, String> get(Properties option);
}
