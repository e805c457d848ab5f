package org.noports.relay.server;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.function.Supplier;
import org.noports.api.atserver.AtServerSession;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.transport.EventLoops;

/**
 * What every session of a relay works with.
 *
 * @param loops the relay's I/O threads
 * @param timer tells the time
 * @param random for nonces and challenges
 * @param catalogue the algorithms, while they are present
 * @param atServer the relay's own atServer, while it is reached
 * @param audit where what happened is recorded
 * @param quotas what each may take
 * @param signing the relay's key
 */
record RelayContext(
    EventLoops loops,
    RelayTimer timer,
    SecureRandom random,
    Supplier<Optional<CipherCatalogue>> catalogue,
    Supplier<Optional<AtServerSession>> atServer,
    RelayAudit audit,
    Quotas quotas,
    Signing signing) {}
