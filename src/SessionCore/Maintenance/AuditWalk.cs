using SessionCore.Storage;

namespace SessionCore.Maintenance;

/// <summary>Walk along a chain, the newest link first.</summary>
/// <param name="head">The head; null when it is gone or does not verify.</param>
internal sealed class AuditWalk(AuditHead? head)
{
    private readonly List<AuditFinding> _findings = [];
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
    private long _expected = head?.Count ?? 0;
    private byte[]? _tag = head?.Last;
    private int _links;

    /// <summary>Meets the next row.</summary>
    /// <param name="number">The number in its row key; 0 when it has none.</param>
    /// <param name="link">The link; null when it does not verify.</param>
    public void Meet(long number, AuditRow? link)
    {
        _links++;
        if (head is null)
        {
            Found(link is null ? AuditFault.Altered : AuditFault.Apart, number);
            return;
        }

        var isOfChain = number <= head.Count && number >= head.First;
        if (!isOfChain)
        {
            Found(link is null ? AuditFault.Altered : AuditFault.Apart, number);
            return;
        }

        Skip(number);
        _expected = number - 1;
        if (link is null)
        {
            Found(AuditFault.Altered, number);
            _tag = null;
            return;
        }

        if ((_tag is not null && !_tag.AsSpan().SequenceEqual(link.Tag)) || !_ids.Add(link.Event.Id))
        {
            Found(AuditFault.Apart, number);
        }

        _tag = link.Before;
    }

    /// <summary>Ends the walk after the oldest row.</summary>
    public AuditReading End(bool hasRow)
    {
        if (head is null)
        {
            if (hasRow || _links > 0)
            {
                Found(AuditFault.Head, 0);
            }
        }
        else
        {
            Skip(head.First - 1);
            if (_tag is not null && !_tag.AsSpan().SequenceEqual(head.Anchor))
            {
                Found(AuditFault.Apart, head.First);
            }
        }

        return new AuditReading(head is null && !hasRow && _links == 0 ? 0 : 1, _links, _findings);
    }

    // What is missing between the last link and this number.
    private void Skip(long number)
    {
        if (_expected > number)
        {
            _findings.Add(new AuditFinding(AuditFault.Missing, _expected, _expected - number));
            _expected = number;
            _tag = null;
        }
    }

    private void Found(AuditFault fault, long number) => _findings.Add(new AuditFinding(fault, number, 1));
}
