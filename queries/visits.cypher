// Visits, newest first, with how many meetings were held during each.
// Parameters, null where not wanted: $person $state (IRIs), $since $until (ISO days).
CALL {
  MATCH (one:Person)-[:MADE]->(v:Visit)
  WHERE one.iri = $person
  RETURN v
  UNION
  MATCH (one:State)<-[:TO]-(v:Visit)
  WHERE one.iri = $state AND $person IS NULL
  RETURN v
  UNION
  MATCH (one:Organization)<-[:TO]-(v:Visit)
  WHERE one.iri = $state AND $person IS NULL
  RETURN v
  UNION
  UNWIND CASE WHEN coalesce($person, $state) IS NULL THEN [1] ELSE [] END AS all
  MATCH (v:Visit)
  RETURN v
}
WITH v
MATCH (v)-[:TO]->(s)
WHERE ($state IS NULL OR s.iri = $state)
  AND ($since IS NULL OR v.until >= $since)
  AND ($until IS NULL OR v.from <= $until)
WITH v, s
OPTIONAL MATCH (w:Person)-[:MADE]->(v)
WITH v, s, w
WHERE $person IS NULL OR w.iri = $person
WITH v, s, w, [(v)-[:STOPPED_IN]->(p:Place) WHERE p.name IS NOT NULL | p.name] AS stops
RETURN v.iri AS visit, v.from AS from, v.until AS to, w.name AS visitor, s.name AS visited, v.kind AS kind,
       reduce(found = [], one IN stops | CASE WHEN one IN found THEN found ELSE found + [one] END) AS places,
       COUNT { (v)<-[:DURING]-() } AS meetings
ORDER BY v.from DESC, visit
