package org.noports.atserver.host.tenant;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.noports.api.AtSign;
import org.noports.api.cipher.CipherCatalogue;
import org.noports.api.store.AtSignStore;
import org.noports.atserver.host.peer.PeerDialer;
import org.noports.atserver.host.peer.VisitorCheck;

/**
 * What a hosted atSign needs of the process around it.
 *
 * @param stores the atSign's space in the store that is present now
 * @param dialer how other atServers are reached
 * @param visitors which of them may come
 * @param workers for what takes the processor's time: never an I/O loop
 * @param serial runs one task after the other
 * @param ciphers which algorithms are present now
 * @param limits those in force now
 * @param happenings who is told
 */
public record Surroundings(
    Function<AtSign, Optional<AtSignStore>> stores,
    PeerDialer dialer,
    VisitorCheck visitors,
    Executor workers,
    ScheduledExecutorService serial,
    Supplier<Optional<CipherCatalogue>> ciphers,
    Supplier<Limits> limits,
    Happenings happenings) {
  public Surroundings {
    requireNonNull(stores, "stores is null");
    requireNonNull(dialer, "dialer is null");
    requireNonNull(visitors, "visitors is null");
    requireNonNull(workers, "workers is null");
    requireNonNull(serial, "serial is null");
    requireNonNull(ciphers, "ciphers is null");
    requireNonNull(limits, "limits is null");
    requireNonNull(happenings, "happenings is null");
  }
}
