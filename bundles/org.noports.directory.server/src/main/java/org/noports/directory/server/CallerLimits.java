package org.noports.directory.server;

/**
 * What one client address may do.
 *
 * @param connections at once
 * @param missesAtOnce unknown names until it is under guard
 * @param missesPerMinute how fast that budget comes back
 * @param guardedGreetingsPerSecond new connections that are greeted while it is under guard
 * @param remembered addresses without a connection whose budget is kept
 */
record CallerLimits(
    int connections,
    int missesAtOnce,
    int missesPerMinute,
    int guardedGreetingsPerSecond,
    int remembered) {}
