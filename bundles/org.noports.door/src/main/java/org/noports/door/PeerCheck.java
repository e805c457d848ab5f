package org.noports.door;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import jdk.net.ExtendedSocketOptions;
import jdk.net.UnixDomainPrincipal;
import org.noports.door.Peer.Access;

/** Turns a socket's peer credentials, which the kernel vouches for, into what its user may do. */
final class PeerCheck {
  /** What a member of the group may run. */
  static final Set<String> MEMBERS_MAY = Set.of("connect", "devices", "sessions");

  private static final int MEMBERS_FIELD = 3;

  private final UserPrincipal owner;
  private final Path groups;
  private final Supplier<String> group;

  PeerCheck(UserPrincipal owner, Path groups, Supplier<String> group) {
    this.owner = owner;
    this.groups = groups;
    this.group = group;
  }

  Peer of(SocketChannel channel) throws IOException {
    UnixDomainPrincipal peer = channel.getOption(ExtendedSocketOptions.SO_PEERCRED);
    return of(peer.user(), peer.group().getName());
  }

  Peer of(UserPrincipal user, String primaryGroup) throws IOException {
    String name = user.getName();
    if (user.equals(owner) || name.equals("root")) {
      return new Peer(name, Access.OWNER);
    }
    String wanted = group.get();
    boolean member =
        !wanted.isBlank() && (primaryGroup.equals(wanted) || members(wanted).contains(name));
    return new Peer(name, member ? Access.MEMBER : Access.NONE);
  }

  /** The kernel tells a peer's first group only; the others are in the group file. */
  private List<String> members(String wanted) throws IOException {
    for (String line : Files.readAllLines(groups)) {
      String[] fields = line.split(":", -1);
      if (fields.length > MEMBERS_FIELD && fields[0].equals(wanted)) {
        return Arrays.asList(fields[MEMBERS_FIELD].split(","));
      }
    }
    return List.of();
  }
}
