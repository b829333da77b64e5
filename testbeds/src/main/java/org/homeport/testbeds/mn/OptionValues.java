package org.homeport.testbeds.mn;

import java.util.function.Function;
import org.homeport.core.auth.PeerIdentity;
import org.homeport.core.child.ProposalParser;
import org.homeport.core.message.Proposal;
import org.homeport.kit.IpAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Values of options, read as everywhere in the program; what cannot be read is wrong usage. */
final class OptionValues {
    private OptionValues() {}

    static final class Address implements ITypeConverter<IpAddress> {
        @Override
        public IpAddress convert(String text) {
            return read(IpAddress::parse, text);
        }
    }

    /** Stays text: it is a pattern too. */
    static final class Identity implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            PeerIdentity unused = read(PeerIdentity::parse, text);
            return text;
        }
    }

    static final class UdpPort implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return read(UdpPort::parse, text);
        }

        private static Integer parse(String text) {
            if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 0xffff) {
                throw new IllegalArgumentException("'" + text + "' is not a port: expected 0 to 65535");
            }
            return Integer.valueOf(text);
        }
    }

    static final class IkeProposal implements ITypeConverter<Proposal> {
        @Override
        public Proposal convert(String text) {
            return read(ProposalParser::ike, text);
        }
    }

    static final class EspProposal implements ITypeConverter<Proposal> {
        @Override
        public Proposal convert(String text) {
            return read(ProposalParser::esp, text);
        }
    }

    private static <T> T read(Function<String, T> parser, String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            String why = String.valueOf(e.getMessage());
            throw new TypeConversionException(why.contains(text) ? why : "'" + text + "': " + why);
        }
    }
}
