package org.offerstorm.sinks.hdfs;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.avro.file.SeekableInput;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.hdfs.CannotObtainBlockLengthException;
import org.apache.hadoop.hdfs.DFSInputStream;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.ipc.RemoteException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** HDFS as the log's files. The calls are those whose behaviour under crashes was measured. */
final class HdfsFiles implements LogFiles {
    private static final Logger LOG = LoggerFactory.getLogger(HdfsFiles.class);

    /** How the NameNode says that a file's recovery is under way already; the second class is not in the client's jar. */
    private static final Set<String> UNDER_WAY = Set.of(
            "org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException",
            "org.apache.hadoop.hdfs.protocol.RecoveryInProgressException");

    private final DistributedFileSystem hdfs;
    private final short replication;
    private final int checksumBytes;

    HdfsFiles(ClientSettings settings) throws IOException {
        this.hdfs = settings.connect();
        this.replication = settings.replication();
        this.checksumBytes = settings.checksumBytes();
    }

    @Override
    public List<Entry> list(Path directory) throws IOException {
        FileStatus[] children;
        try {
            children = hdfs.listStatus(directory);
        } catch (FileNotFoundException e) {
            return List.of();
        }
        List<Entry> entries = new ArrayList<>(children.length);
        for (FileStatus child : children) {
            entries.add(new Entry(
                    Path.getPathWithoutSchemeAndAuthority(child.getPath()),
                    child.isDirectory(),
                    child.getLen(),
                    child.getModificationTime()));
        }
        return entries;
    }

    @Override
    public boolean exists(Path path) throws IOException {
        return hdfs.exists(path);
    }

    @Override
    public void makeDirectory(Path directory) throws IOException {
        if (!hdfs.mkdirs(directory)) {
            throw new IOException("cannot make directory " + directory);
        }
    }

    @Override
    public Output create(Path file) throws IOException {
        // Not FileSystem.create: it makes missing parents, and so would give a superseded writer its directory back.
        short copies =
                replication > 0 ? replication : hdfs.getServerDefaults(file).getReplication();
        return new HdfsOutput(
                hdfs.createFile(file).overwrite(false).replication(copies).build());
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        hdfs.rename(from, to, Options.Rename.NONE);
    }

    @Override
    public void replace(Path from, Path to) throws IOException {
        hdfs.rename(from, to, Options.Rename.OVERWRITE);
    }

    @Override
    public void delete(Path path) throws IOException {
        try {
            hdfs.delete(path, false);
        } catch (PathIsNotEmptyDirectoryException e) {
            LOG.debug("{} is not empty; kept", path);
        }
    }

    @Override
    public void recoverLease(Path file) throws IOException {
        try {
            hdfs.recoverLease(file);
        } catch (RemoteException e) {
            if (!UNDER_WAY.contains(e.getClassName())) {
                throw e;
            }
            // A recovery that another client requested is under way: polling will show its end.
            LOG.info("recovery of the lease of {}: {}", file, e.getMessage());
        }
    }

    @Override
    public boolean isClosed(Path file) throws IOException {
        return hdfs.isFileClosed(file);
    }

    @Override
    public SeekableInput open(Path file) throws IOException {
        FSDataInputStream in;
        try {
            in = hdfs.open(file);
        } catch (CannotObtainBlockLengthException e) {
            throw new LengthUnknown(file, e);
        }
        // The file's status shows the length of its first sync only; the stream asks a DataNode.
        long length = in.getWrappedStream() instanceof DFSInputStream stream ? stream.getFileLength() : in.available();
        return new HdfsInput(in, length);
    }

    @Override
    public int checksumBytes() {
        return checksumBytes;
    }

    @Override
    public void abort() {
        hdfs.getClient().closeAllFilesBeingWritten(true);
        try {
            hdfs.close();
        } catch (IOException e) {
            LOG.debug("closing the HDFS client", e);
        }
    }

    @Override
    public void close() throws IOException {
        hdfs.close();
    }

    private static final class HdfsOutput extends Output {
        private final FSDataOutputStream out;

        HdfsOutput(FSDataOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            out.write(bytes, from, length);
        }

        @Override
        public void sync() throws IOException {
            out.hsync();
        }

        @Override
        public long length() {
            return out.getPos();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    private static final class HdfsInput implements SeekableInput {
        private final FSDataInputStream in;
        private final long length;

        HdfsInput(FSDataInputStream in, long length) {
            this.in = in;
            this.length = length;
        }

        @Override
        public void seek(long position) throws IOException {
            in.seek(position);
        }

        @Override
        public long tell() throws IOException {
            return in.getPos();
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            long left = length - in.getPos();
            return left <= 0 ? -1 : in.read(bytes, from, (int) Math.min(count, left));
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
