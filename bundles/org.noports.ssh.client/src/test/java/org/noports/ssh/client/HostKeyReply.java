package org.noports.ssh.client;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.noports.api.ssh.SshPublicKey;

/** What an SSH server says up to the answer of its key exchange. */
final class HostKeyReply {
  static final SshPublicKey FIRST =
      new SshPublicKey(
          "ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAIEuaS2GjQ7HZ6Sh7CC184I5M/xtfGJ+P8CD2BFONXtMP");
  static final SshPublicKey OTHER =
      new SshPublicKey(
          "ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAID55mBNRmDi8GIASM40U1vIytt73EXuITQERhueHwh4F");

  /** {@link #FIRST}, certified for a host by ssh-keygen. */
  static final SshPublicKey CERTIFIED =
      new SshPublicKey(
          "ssh-ed25519-cert-v01@openssh.com",
          "AAAAIHNzaC1lZDI1NTE5LWNlcnQtdjAxQG9wZW5zc2guY29tAAAAIBVgGXAPUMReAhwySN"
              + "Xl3LdvPAsWY2lariTcjZyM5o0FAAAAIEuaS2GjQ7HZ6Sh7CC184I5M/xtfGJ+P8CD2BFON"
              + "XtMPAAAAAAAAAAAAAAACAAAABGhvc3QAAAAIAAAABGRldjEAAAAAAAAAAP//////////AA"
              + "AAAAAAAAAAAAAAAAAAMwAAAAtzc2gtZWQyNTUxOQAAACAGxZRvokmjUu1XSBjE4FfBu0T6"
              + "WiUPW4hMQGwvtwQy/gAAAFMAAAALc3NoLWVkMjU1MTkAAABABj3NNa+V0mYzo7pqU0wpGP"
              + "38gxxVzwFK4jBZ1lZytdCp9N02zPvrUAzqHQiFqQ2b41i9PXMqGoaJefEDzZQ9Cw==");

  private HostKeyReply() {}

  /** As RFC 4253 8 and RFC 5656 4 lay it out. */
  static byte[] showing(SshPublicKey key, int number) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write("Welcome.\r\nSSH-2.0-OpenSSH_9.2\r\n".getBytes(StandardCharsets.US_ASCII));
    packet(bytes, 20, new byte[16 + 13 * Integer.BYTES + 1]);
    byte[] blob = Base64.getDecoder().decode(key.encoded());
    ByteArrayOutputStream reply = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(reply);
    out.writeInt(blob.length);
    out.write(blob);
    out.writeInt(32);
    out.write(new byte[32]);
    packet(bytes, number, reply.toByteArray());
    return bytes.toByteArray();
  }

  static void packet(ByteArrayOutputStream bytes, int number, byte[] content) throws IOException {
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(1 + 1 + content.length + 4);
    out.write(4);
    out.write(number);
    out.write(content);
    out.write(new byte[4]);
  }
}
