package org.homeport.lease;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.homeport.kit.IpAddress;

/** A set of addresses of one family as ranges: ascending, disjoint, none touching the next. */
public final class AddressSet {
    private final List<AddressRange> ranges;
    private final BigInteger size;

    private AddressSet(List<AddressRange> ranges) {
        this.ranges = List.copyOf(ranges);
        this.size = ranges.stream().map(AddressRange::size).reduce(BigInteger.ZERO, BigInteger::add);
    }

    /** The addresses of all these ranges, which may come in any order and overlap. */
    public static AddressSet of(Collection<AddressRange> ranges) {
        List<AddressRange> merged = new ArrayList<>();
        for (AddressRange range : ranges.stream().sorted().toList()) {
            if (!merged.isEmpty() && touches(merged.getLast(), range)) {
                AddressRange before = merged.removeLast();
                merged.add(new AddressRange(before.first(), max(before.last(), range.last())));
            } else {
                merged.add(range);
            }
        }
        return new AddressSet(merged);
    }

    private static boolean touches(AddressRange lower, AddressRange higher) {
        return AddressRange.next(lower.last())
                .map(next ->
                        next.isV6() == higher.first().isV6() && higher.first().compareTo(next) <= 0)
                .orElse(lower.first().isV6() == higher.first().isV6());
    }

    private static IpAddress max(IpAddress a, IpAddress b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    public AddressSet minus(Collection<AddressRange> holes) {
        List<AddressRange> ordered = of(holes).ranges;
        List<AddressRange> left = new ArrayList<>();
        int hole = 0;
        for (AddressRange range : ranges) {
            while (hole < ordered.size() && ordered.get(hole).last().compareTo(range.first()) < 0) {
                hole++;
            }
            hole = cut(range, ordered, hole, left);
        }
        return new AddressSet(left);
    }

    /** @return the first hole that may reach into the next range */
    private static int cut(AddressRange range, List<AddressRange> holes, int from, List<AddressRange> left) {
        IpAddress start = range.first();
        int hole = from;
        while (hole < holes.size() && holes.get(hole).first().compareTo(range.last()) <= 0) {
            AddressRange gap = holes.get(hole);
            if (gap.first().compareTo(start) > 0) {
                left.add(new AddressRange(
                        start, AddressRange.previous(gap.first()).orElseThrow()));
            }
            if (gap.last().compareTo(range.last()) >= 0) {
                return hole;
            }
            start = AddressRange.next(gap.last()).orElseThrow();
            hole++;
        }
        left.add(new AddressRange(start, range.last()));
        return hole;
    }

    public List<AddressRange> ranges() {
        return ranges;
    }

    public BigInteger size() {
        return size;
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    public boolean contains(IpAddress address) {
        int low = 0;
        int high = ranges.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            AddressRange range = ranges.get(middle);
            if (range.contains(address)) {
                return true;
            }
            if (range.first().compareTo(address) > 0) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return false;
    }

    /**
     * The whole set once around, beginning at an address.
     *
     * @param index 0..size-1: which address comes first
     */
    public List<AddressRange> startingAt(BigInteger index) {
        BigInteger offset = index;
        for (int i = 0; i < ranges.size(); i++) {
            AddressRange range = ranges.get(i);
            if (offset.compareTo(range.size()) < 0) {
                IpAddress start = range.at(offset);
                List<AddressRange> around = new ArrayList<>();
                around.add(new AddressRange(start, range.last()));
                around.addAll(ranges.subList(i + 1, ranges.size()));
                around.addAll(ranges.subList(0, i));
                if (offset.signum() > 0) {
                    around.add(new AddressRange(
                            range.first(), AddressRange.previous(start).orElseThrow()));
                }
                return around;
            }
            offset = offset.subtract(range.size());
        }
        throw new IndexOutOfBoundsException(index + " of " + size);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressSet set && ranges.equals(set.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    @Override
    public String toString() {
        return ranges.toString();
    }
}
