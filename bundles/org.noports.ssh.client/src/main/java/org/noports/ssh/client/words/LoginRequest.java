package org.noports.ssh.client.words;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How to log in somewhere.
 *
 * @param way which device's SSH server, and how to get there
 * @param user the account there, if it was said
 * @param knownHosts where it is kept, if not where this instance keeps them; may begin with ~/
 * @param knownOnly whether a host key that is not known yet is refused
 * @param identities files of keys, if they were said; may begin with ~/
 * @param identitiesOnly whether the agent's keys are left out
 * @param sessionKey whether to log in by a key that the device makes for this session
 * @param methods the ways to prove who one is, by SSH's names
 * @param keepAlive how often to ask whether the server is still there; zero for never
 * @param keepAliveMisses how many answers may be missing
 * @param connect how long connecting may take; zero for as long as it takes
 * @param compress whether to compress
 * @param quiet whether warnings are left out
 * @param verbose whether steps are told
 */
public record LoginRequest(
    ProxyArguments way,
    Optional<String> user,
    Optional<String> knownHosts,
    boolean knownOnly,
    List<String> identities,
    boolean identitiesOnly,
    boolean sessionKey,
    Set<String> methods,
    Duration keepAlive,
    int keepAliveMisses,
    Duration connect,
    boolean compress,
    boolean quiet,
    boolean verbose) {
  public LoginRequest {
    requireNonNull(way, "way is null");
    requireNonNull(user, "user is null");
    requireNonNull(knownHosts, "knownHosts is null");
    identities = List.copyOf(identities);
    methods = Set.copyOf(methods);
    requireNonNull(keepAlive, "keepAlive is null");
    requireNonNull(connect, "connect is null");
  }

  /** For messages: {@code alice@dev1@device}. */
  @Override
  public String toString() {
    return user.map(name -> name + "@").orElse("") + way.device();
  }
}
