package org.noports.ssh.client.words;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What {@code noports cp} was asked for.
 *
 * @param login which device, and as whom
 * @param upload whether it goes there; else it comes from there
 * @param sources what to copy, as paths of the side where it is
 * @param target where to, as a path of the other side
 * @param folders whether folders are copied with all that is in them
 * @param preserve whether times and modes are kept as they are
 */
public record CopyRequest(
    LoginRequest login,
    boolean upload,
    List<String> sources,
    String target,
    boolean folders,
    boolean preserve) {
  public CopyRequest {
    requireNonNull(login, "login is null");
    sources = List.copyOf(sources);
    requireNonNull(target, "target is null");
  }
}
