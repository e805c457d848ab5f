package org.noports.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.util.NetUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.noports.api.HostPort;
import org.noports.api.network.Route;

/** SOCKS 5 (RFC 1928), with user and password (RFC 1929). */
final class Socks5Talk implements ProxyTalk {
  private static final String SETTING = "org.noports.proxy.cfg";
  private static final int VERSION = 5;
  private static final int LOGIN_VERSION = 1;
  private static final int NO_LOGIN = 0;
  private static final int WITH_LOGIN = 2;
  private static final int NONE = 0xff;
  private static final int CONNECT = 1;
  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;
  private static final int LONGEST_FIELD = 255;

  private enum Step {
    METHOD,
    LOGIN,
    REPLY,
    THROUGH
  }

  private final HostPort target;
  private final Optional<Route.Login> login;
  private Step step = Step.METHOD;

  Socks5Talk(HostPort target, Optional<Route.Login> login) {
    this.target = target;
    this.login = login;
  }

  @Override
  public byte[] first() {
    return login.isEmpty()
        ? new byte[] {VERSION, 1, NO_LOGIN}
        : new byte[] {VERSION, 2, NO_LOGIN, WITH_LOGIN};
  }

  @Override
  public Optional<byte[]> next(ByteBuf said) throws IOException {
    return switch (step) {
      case METHOD -> method(said);
      case LOGIN -> loggedIn(said);
      case REPLY -> reply(said);
      case THROUGH -> Optional.empty();
    };
  }

  private Optional<byte[]> method(ByteBuf said) throws IOException {
    if (said.isReadable() && said.getByte(said.readerIndex()) != VERSION) {
      throw new IOException("does not speak SOCKS 5; check the scheme of 'url' in " + SETTING);
    }
    if (said.readableBytes() < 2) {
      return Optional.empty();
    }
    said.skipBytes(1);
    int chosen = said.readUnsignedByte();
    if (chosen == NO_LOGIN) {
      step = Step.REPLY;
      return Optional.of(connect());
    }
    if (chosen == WITH_LOGIN && login.isPresent()) {
      step = Step.LOGIN;
      return Optional.of(credentials(login.get()));
    }
    throw new IOException(
        chosen == NONE && login.isEmpty()
            ? "asks for user and password; set 'user' and 'passwordFile' in " + SETTING
            : "accepts none of our ways to say who we are");
  }

  private static byte[] credentials(Route.Login login) throws IOException {
    byte[] user = login.user().getBytes(UTF_8);
    byte[] password = login.password().exposeSecretBytes();
    if (user.length > LONGEST_FIELD || password.length > LONGEST_FIELD) {
      throw new IOException("speaks SOCKS 5, where user and password have 255 bytes at most");
    }
    byte[] both = new byte[3 + user.length + password.length];
    both[0] = LOGIN_VERSION;
    both[1] = (byte) user.length;
    System.arraycopy(user, 0, both, 2, user.length);
    both[2 + user.length] = (byte) password.length;
    System.arraycopy(password, 0, both, 3 + user.length, password.length);
    Arrays.fill(password, (byte) 0);
    return both;
  }

  private Optional<byte[]> loggedIn(ByteBuf said) throws IOException {
    if (said.readableBytes() < 2) {
      return Optional.empty();
    }
    said.skipBytes(1);
    if (said.readByte() != 0) {
      throw new IOException(
          "does not accept the user '"
              + login.orElseThrow().user()
              + "' with the password of 'passwordFile' in "
              + SETTING);
    }
    step = Step.REPLY;
    return Optional.of(connect());
  }

  private byte[] connect() throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(new byte[] {VERSION, CONNECT, 0});
    byte[] literal = NetUtil.createByteArrayFromIpAddressString(target.host());
    if (literal == null) {
      byte[] name = target.host().getBytes(UTF_8);
      if (name.length > LONGEST_FIELD) {
        throw new IOException("speaks SOCKS 5, where host names have 255 bytes at most");
      }
      request.write(NAME);
      request.write(name.length);
      request.writeBytes(name);
    } else {
      request.write(literal.length == 4 ? IPV4 : IPV6);
      request.writeBytes(literal);
    }
    request.write(target.port() >> 8);
    request.write(target.port());
    return request.toByteArray();
  }

  private Optional<byte[]> reply(ByteBuf said) throws IOException {
    if (said.readableBytes() < 5) {
      return Optional.empty();
    }
    int start = said.readerIndex();
    int code = said.getUnsignedByte(start + 1);
    if (said.getByte(start) != VERSION) {
      throw new IOException("does not speak SOCKS 5; check the scheme of 'url' in " + SETTING);
    }
    if (code != 0) {
      throw new IOException(Socks5Reply.clause(code, target));
    }
    int address =
        switch (said.getByte(start + 3)) {
          case IPV4 -> 4;
          case IPV6 -> 16;
          case NAME -> 1 + said.getUnsignedByte(start + 4);
          default -> throw new IOException("answers with an address of an unknown kind");
        };
    if (said.readableBytes() >= 4 + address + 2) {
      said.skipBytes(4 + address + 2);
      step = Step.THROUGH;
    }
    return Optional.empty();
  }

  @Override
  public boolean isThrough() {
    return step == Step.THROUGH;
  }
}
