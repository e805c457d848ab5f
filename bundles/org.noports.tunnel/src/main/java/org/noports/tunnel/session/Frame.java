package org.noports.tunnel.session;

import io.netty.buffer.ByteBuf;
import org.noports.api.ProtocolViolation;

/**
 * The header of a multiplexer's frame, as yamux writes it: version, type, flags, stream, length;
 * twelve bytes, big-endian (docs/protocol/np2.md). Data is followed by as many bytes as {@code
 * length} says; for the other types it is a number.
 */
record Frame(int type, int flags, int stream, int length) {
  static final int HEADER_BYTES = 12;
  static final int VERSION = 0;

  static final int DATA = 0;
  static final int WINDOW_UPDATE = 1;
  static final int PING = 2;
  static final int GO_AWAY = 3;

  static final int SYN = 1;
  static final int ACK = 2;
  static final int FIN = 4;
  static final int RST = 8;

  boolean has(int flag) {
    return (flags & flag) != 0;
  }

  void write(ByteBuf to) {
    to.writeByte(VERSION).writeByte(type).writeShort(flags).writeInt(stream).writeInt(length);
  }

  /** Reads twelve bytes. */
  static Frame read(ByteBuf from) throws ProtocolViolation {
    int version = from.readUnsignedByte();
    int type = from.readUnsignedByte();
    if (version != VERSION || type > GO_AWAY) {
      throw new ProtocolViolation("frame: version " + version + ", type " + type);
    }
    return new Frame(type, from.readUnsignedShort(), from.readInt(), from.readInt());
  }
}
