// Values that reports give for one meeting where they differ, with the outlets that say so.
// Parameters, null where not wanted: $party (person or party IRI), $aboutOnly.
MATCH (m:Meeting)-[c:CLAIMED]->(r:Report)
WHERE ($aboutOnly IS NULL OR c.about = $aboutOnly)
  AND ($party IS NULL OR EXISTS { (m)<-[:ATTENDED]-(:Person {iri: $party}) }
    OR EXISTS { (m)<-[:PARTY_TO]-(:State {iri: $party}) }
    OR EXISTS { (m)<-[:PARTY_TO]-(:Organization {iri: $party}) })
WITH m, c.about AS about, c.value AS value, r
OPTIONAL MATCH (r)-[:PUBLISHED_BY]->(o:Outlet)
WITH m, about, value, collect(DISTINCT o.name) AS outlets
RETURN m.iri AS meeting, m.when AS date, m.name AS label, about, value, outlets
ORDER BY m.date DESC, meeting, about, value
