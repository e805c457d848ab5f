package org.noports.store.mvstore;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Byte arrays as keys and values of a map, ordered as unsigned bytes. */
final class BytesType extends BasicDataType<byte[]> {
  static final BytesType INSTANCE = new BytesType();

  /** What an array costs beyond its bytes; the page cache counts with it. */
  private static final int ARRAY_OVERHEAD = 24;

  private BytesType() {}

  /** Opens a table's map in a file or in memory. */
  static MVMap<byte[], byte[]> map(MVStore store, Table table) {
    return store.openMap(
        table.mapName(), new MVMap.Builder<byte[], byte[]>().keyType(INSTANCE).valueType(INSTANCE));
  }

  @Override
  public int compare(byte[] a, byte[] b) {
    return Arrays.compareUnsigned(a, b);
  }

  @Override
  public int getMemory(byte[] bytes) {
    return ARRAY_OVERHEAD + bytes.length;
  }

  @Override
  public void write(WriteBuffer buffer, byte[] bytes) {
    buffer.putVarInt(bytes.length).put(bytes);
  }

  @Override
  public byte[] read(ByteBuffer buffer) {
    byte[] bytes = new byte[DataUtils.readVarInt(buffer)];
    buffer.get(bytes);
    return bytes;
  }

  @Override
  public byte[][] createStorage(int size) {
    return new byte[size][];
  }
}
