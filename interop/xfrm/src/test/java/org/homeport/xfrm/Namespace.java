package org.homeport.xfrm;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** A network namespace: work done in it, and iproute2's view of it. */
record Namespace(String name) {
    private static final int CLONE_NEWNET = 0x4000_0000;
    private static final MethodHandle OPEN =
            function("open", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
    private static final MethodHandle SETNS =
            function("setns", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    /** On a thread of its own that has moved there. */
    <T> T call(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(() -> {
            enter();
            return work.call();
        });
        Thread.ofPlatform().start(task);
        return task.get();
    }

    private void enter() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom("/run/netns/" + name);
            int fd = (int) OPEN.invokeExact(path, 0);
            if (fd < 0 || (int) SETNS.invokeExact(fd, CLONE_NEWNET) != 0) {
                throw new IOException("cannot enter the namespace " + name);
            }
        } catch (IOException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The output of iproute2 in here. */
    String ip(String... arguments) throws Exception {
        return run(command(List.of("ip", "-n", name), arguments));
    }

    boolean pings(String from, String to) throws Exception {
        List<String> ping = List.of("ip", "netns", "exec", name, "ping", "-q", "-c", "3", "-i", "0.05", "-W", "1");
        return exitStatus(command(ping, "-I", from, to)) == 0;
    }

    static List<String> command(List<String> start, String... rest) {
        List<String> all = new ArrayList<>(start);
        all.addAll(Arrays.asList(rest));
        return all;
    }

    static String run(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
        return output;
    }

    private static int exitStatus(List<String> command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getInputStream().readAllBytes();
        return process.waitFor();
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().find(name).orElseThrow(), type);
    }
}
