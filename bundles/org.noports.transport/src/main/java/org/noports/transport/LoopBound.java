package org.noports.transport;

import io.netty.channel.Channel;

/**
 * A channel that cannot change its event loop, because its carrier lives there: whoever is spliced
 * to it moves instead.
 */
public interface LoopBound extends Channel {}
