namespace Support.Tables;

/// <summary>When a hook is called.</summary>
public enum TableMoment
{
    /// <summary>Nothing is read or changed yet; an exception means that the call never reached the table.</summary>
    Before,

    /// <summary>Read or changed; an exception means that the answer got lost.</summary>
    After,
}
